"""Words of dates in Spanish, English, Portuguese and French, folded: no accents, lower case."""

from programs.importing.folding import words_of

_MONTHS = (
    "enero ene january jan janeiro janvier janv",
    "febrero feb february fevereiro fev fevrier fevr",
    "marzo mar march marco mars mzo",
    "abril abr april apr avril avr",
    "mayo may maio mai",
    "junio jun june junho juin",
    "julio jul july julho juillet juil",
    "agosto ago august aug aout agt",
    "septiembre setiembre sept sep set setembro september septembre",
    "octubre oct october outubro out octobre",
    "noviembre nov november novembro novembre",
    "diciembre dic december dec dezembro dez decembre",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

WEEKDAYS = words_of(
    "lunes martes miercoles jueves viernes sabado domingo monday tuesday wednesday thursday friday saturday sunday "
    "segunda terca quarta quinta sexta feira lundi mardi mercredi jeudi vendredi samedi dimanche"
)

# The action still runs.
ONGOING = frozenset(
    """
    actualidad|la actualidad|en la actualidad|la fecha|date|actual|actualmente|a la fecha|hasta la fecha|a la actualidad|hasta la actualidad|hasta hoy|hoy|el presente|
    presente|hasta el presente|al presente|en curso|en marcha|en ejecucion|en desarrollo|en proceso|en vigor|en vigencia|vigente|sigue vigente|
    continua vigente|aun vigente|vigente a la fecha|activo|activa|continua|continuo|continuando|permanente|indefinido|indefinida|sin termino|
    sin fecha de termino|fecha actual|a la fecha actual|
    to date|up to date|to the present|present|to present|until present|until now|up to now|now|today|ongoing|on going|in progress|current|currently|
    under way|underway|still running|active|in force|in effect|continuing|continuous|permanent|indefinite|open ended|
    atual|atualidade|ate hoje|ate o presente|ate a data|ate o momento|em andamento|em curso|em execucao|em vigor|em vigencia|
    en cours|a ce jour|jusqu a ce jour|jusqu a present|aujourd hui|en vigueur|actuel|actuellement
    """.replace("\n", "")
    .replace("  ", "")
    .split("|")
)

# The cell says that nothing is known.
NOTHING = frozenset(
    """
    na|n a|nd|n d|sd|s d|sf|s f|s n|sin dato|sin datos|sin informacion|sin fecha|no aplica|no disponible|no se aplica|no corresponde|no determinado|
    no determinada|no definido|no definida|por definir|por determinar|pendiente|desconocido|desconocida|se desconoce|no hay|ninguno|ninguna|
    not available|not applicable|unknown|undated|no date|tbd|tbc|to be defined|to be determined|none|null|nil|
    nao se aplica|nao disponivel|a definir|sem data|sem informacao|nenhum|non disponible|sans objet|inconnu|inconnue|neant
    """.replace("\n", "")
    .replace("  ", "")
    .split("|")
)

# Of these, what is said of dates alone: a title may read so.
NO_DATE = frozenset(("sf", "s f", "sin fecha", "undated", "no date", "sem data"))

# Words before a date that change nothing: `desde 2011`, `inicio: 2011`, `a partir de marzo de 2004`.
BEFORE = "en el ano|en el|en|el|in the year|in|on|the|ano|year|em|no|le|la|les|de|del|du|do|da|des|dia|fecha|date|data"
BEFORE_START = (
    "desde el ano|desde el|desde|a partir del ano|a partir del|a partir de|a partir do ano|a partir do|a partir|inicio en|inicia en|inicio|inicia|comenzo en|"
    "since|from|starting in|starting|started in|started|start|as of|desde o ano|depuis"
)
BEFORE_END = "hasta el ano|hasta el|hasta|until|till|through|up to|ended in|ends in|finalizo en|finaliza en|fin|termino en|ate o ano|ate|jusqu en|jusqu a|jusqu au"

# Parts of a year: the date is then exact to the year only.
PARTS_OF_YEAR = (
    r"(?:primer|primero|1er|1o|1|i|segundo|2do|2o|2|ii|first|1st|second|2nd|primeiro|premier|deuxieme|second)\s+(?:semestre|half|semester)",
    r"(?:primer|primero|1er|1|i|segundo|2do|2|ii|tercer|tercero|3er|3|iii|cuarto|4to|4|iv|first|1st|second|2nd|third|3rd|fourth|4th|primeiro|terceiro|quarto|premier|deuxieme|troisieme|quatrieme)\s+(?:trimestre|quarter|cuatrimestre)",
    r"(?:q[1-4]|[1-4]q|[1-4]t|t[1-4]|s[12]|[12]s|h[12])",
    r"(?:a\s+)?(?:principios|inicios|comienzos|mediados|fines|finales|inicio|fin|final|inicios?|meados|fins)",
    r"(?:early|mid|late|beginning|middle|end|debut|fin|mi)",
)
