"""Names of the columns of Annex I and of the portal, in four languages, as heard in ministries; compared folded, without filling words."""

from programs.importing.folding import words_of

FIELDS = {
    "title": "titulo|title|nombre|name|denominacion|nom|nome|titre|intitule|designacion|titulo nombre|nombre oficial|official name|titulo es|title en|titulo en espanol|title in english",
    "title_original": "titulo original|original title|nombre original|original name|titre original|titulo en idioma original|title in original language|titulo en otro idioma",
    "type": "tipo|type|categoria|category|categorie|clase|clasificacion|modalidad|kind|tipo categoria|tipo medida|categoria tipo",
    "country": "pais|paises|country|countries|pays|estado miembro|pais es|pais o paises|country or countries|member state|pais paises|country countries|pais miembro|member country",
    "region": "region|subregion|sub region|regiao|region o subregion|ambito regional",
    "start": "inicio|fecha inicio|fecha inicial|comienzo|fecha comienzo|ano inicio|ano comienzo|desde|start|starting|start date|starting date|begin|begin date|beginning|beginning date|start year|starting year|from|year start|"
    "data inicio|data inicial|debut|date debut|date commencement|f inicio|fec inicio|inicio fecha|date start|started|fecha desde|ano inicial|inicio ejecucion|fecha inicio ejecucion|fecha",
    "end": "fin|final|fecha fin|fecha final|fecha finalizacion|fecha termino|fecha terminacion|fecha cierre|fecha conclusion|finalizacion|termino|terminacion|cierre|conclusion|hasta|ano fin|ano final|ano termino|"
    "end|ending|end date|ending date|closing date|completion date|finish|finish date|end year|ending year|to|until|closing|data fim|data final|data termino|fim|date fin|f fin|f termino|fec fin|date end|fecha hasta|fecha vencimiento|ended",
    "period": "periodo|period|duracion|duration|vigencia|anos|years|fechas|dates|periodo ejecucion|plazo|duree|duracao|inicio fin|inicio y fin|start end|start and end|periode|fechas inicio y fin|fecha inicio y fin|"
    "fecha inicio y termino|inicio y termino|fecha inicio termino|inicio termino|ano|year|annee",
    "area": "area|areas|area administracion trabajo|labour administration area|area labour administration|area funcion|domaine|area tematica|area trabajo|ambito|area principal",
    "theme": "tema|temas|theme|themes|topic|tematica|subtema|sub tema|materia|linea tematica|tema area|asunto|tema principal|main theme",
    "area_theme": "area tema|area y tema|area theme|area and theme|area tematica y tema",
    "description": "descripcion|description|descripcion breve|breve descripcion|descripcion corta|short description|brief description|resumen|summary|descricao|resume|sintesis|descripcion general|abstract|en que consiste|descripcion resumida|resumo|descripcion sintetica",
    "objectives": "objetivo|objetivos|objective|objectives|objetivo general|objetivos generales|finalidad|objectif|objectifs|aim|aims|goal|goals|proposito|objetivos generales y especificos|objetivo s",
    "implementation_strategy": "estrategia implement|estrategia implementacion|estrategia|implementation strategy|implement strategy|implementation|estrategia ejecucion|estrategia implantacion|strategy implementation|implementacion|"
    "strategy|estrategia implementacao|strategie mise en oeuvre|strategie|mise en oeuvre|implem strategy|estrategia impl|estrat implement|estrat implementacion|mecanismo implementacion|metodologia|estrategia aplicacion|modalidad ejecucion",
    "population_served": "poblacion atendida|poblacion objetivo|poblacion beneficiaria|poblacion|population served|target population|beneficiarios|beneficiaries|populacao atendida|populacao|population cible|population|"
    "poblacion meta|beneficiarios as|publico objetivo|target group|beneficiarias y beneficiarios|pob atendida|populacao alvo|beneficiaires|population desservie|poblacion destinataria|destinatarios",
    "human_resources": "recursos humanos|humanos|human|human resources|rr hh|rrhh|r humanos|rec humanos|recursos hum|personal|staff|hr|ressources humaines|humaines|resources human|recursos humanos y personal|rh",
    "financial_resources": "financ|financieros|financiero|financial|recursos financieros|recursos financ|rec financieros|rec financ|financial resources|presupuesto|budget|costo|costos|cost|recursos economicos|financiamiento|financing|"
    "funding|financement|ressources financieres|financieres|financeiros|recursos financeiros|orcamento|r financieros|inversion|financial res|resources financial|costo total|total cost|presupuesto total|total budget|monto total|rr ff|rrff|financiacion|recursos financieros monto",
    "amount": "monto|amount|importe|cantidad|valor|montant|sum|monto asignado",
    "currency": "moneda|currency|divisa|moeda|monnaie|devise|tipo moneda",
    "non_financial_resources": "no financ|no financieros|no financiero|non financial|non fin|nonfinancial|nonfin|recursos no financieros|recursos no financ|non financial resources|rec no financieros|rec no financ|in kind|"
    "en especie|nao financeiros|recursos nao financeiros|non financieres|ressources non financieres|contrapartida|r no financieros|recursos en especie|resources non fin|resources non financial|otros recursos|non financ|no monetarios|recursos no monetarios",
    "results": "resultado|resultados|results|result|logros|resultats|resultados alcanzados|achievements|resultados obtenidos|resultados e impacto|resultados y productos|results and impact|impacto|impact|outcomes|resultados logros|principales resultados|main results",
    "lessons_learned": "lecciones aprendidas|lecciones|lessons learned|lessons|lessons learnt|licoes aprendidas|lecons apprises|enseignements tires|enseignements|aprendizajes|lecc aprendidas|leccion aprendida|lesson learned|reflexiones|enseignement tires",
    "information_source": "fuente|fuente informacion|fuentes informacion|fuentes|information source|source|sources|source information|sources information|fonte informacao|fonte|fontes|fuente info|informat source|mas informacion|further information|information sources|referencias",
    "website": "sitio web|web|website|web site|pagina web|url|enlace|link|links|portal|site|site web|site internet|sitio|enlaces|direccion web|pagina internet|vinculo",
    "institution": "institucion|institution|institucion ejecutora|entidad ejecutora|executing institution|executing agency|organismo ejecutor|entidad|organismo|institucion responsable|responsible institution|ministerio|ministry|"
    "instituicao|instituicao executora|institution executante|institution responsable|agencia ejecutora|implementing agency|dependencia|unidad ejecutora|ejecutor|unidad responsable|organizacion ejecutora",
    "partner_or_funder": "socio|socios|partner|partners|donante|donantes|donor|donors|financiador|funder|partner or funder|cooperante|agencia cooperacion|partners and funders|partners funders|socios y financiadores|socios financiadores|socio o financiador|partner funder|"
    "parceiro|partenaire|bailleur|bailleur fonds|fuente cooperacion|organismo cooperante|entidad financiadora|fuente cooperante",
    "funding_source": "fuente financiamiento|fuentes financiamiento|funding source|funding sources|fonte financiamento|fontes financiamento|source financement|sources financement|origen recursos",
    "language": "idioma|language|lengua|langue|lingua|idioma texto|idioma del registro|language text|language record",
    "permanent_id": "id|codigo|code|permanent id|identificador|identifier|identificador permanente|permanent identifier|id permanente|codigo permanente|cod|identifiant|codigo registro|identifiant permanent|codigo rial|rial id|inla id",
}
# A column so called is the title when no other is.
WEAK_TITLES = (
    "programa|proyecto|politica|iniciativa|experiencia|practica|accion|medida|program|programme|project|policy|initiative|experience|programas|proyectos|projeto|projet|"
    "politica programa o proyecto|programa o proyecto|programa proyecto|policy program or project|politica programa proyecto"
)

# Headings that stand over several columns or say only that a block begins.
GROUPS = words_of(
    "recursos resources ressources fecha fechas date dates datas periodo period financieros financiero financial"
)
BLOCK_MARKS = frozenset(
    name
    for name in [
        "encabezamiento",
        "encabezado",
        "heading",
        "header",
        "cabecera",
        "cabecalho",
        "en tete",
        "entete",
        "ficha",
        "datos generales",
        "general data",
        "identificacion",
        "datos de identificacion",
    ]
)
TABLE_MARKS = frozenset(
    name
    for name in [
        "la tabla",
        "tabla",
        "the table",
        "table",
        "a tabela",
        "tabela",
        "le tableau",
        "tableau",
        "cuadro",
        "el cuadro",
    ]
)

# Words that fill a heading without changing it.
FILLERS = words_of(
    "a al accion acciones activity and as breve cited concerned cual da das de del do dos du da des desarrolla donde e ejecuta el en etc experience experiencia for fue "
    "iniciativa intervention in iniciativas la las le les lo los medida medidas obligatorio of o or oit ilo para policy politica politicas por practica program programa "
    "programas programme project projects projeto proyecto proyectos que required requerido se short the to u y initiative measure action actions llevo cabo which question su sus annex anexo i"
)
