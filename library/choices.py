"""Choices of the library beyond the reference data. Kinds of literature: taxonomy.choices.ItemType."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RevisionState(models.TextChoices):
    """Where a version of an item stands; from submission on, a proposal's state is its case's."""

    DRAFT = "draft", pgettext_lazy("proposal", "Draft")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")
    SUBMITTED = "submitted", _("Submitted to the OAS")
    EDITED = "edited", pgettext_lazy("library", "Edited by the OAS")


class Licence(models.TextChoices):
    """What the holder of the rights lets others do with the document itself."""

    RESERVED = "reserved", _("All rights reserved")
    CC_BY = "cc-by", _("Creative Commons Attribution (CC BY)")
    CC_BY_SA = "cc-by-sa", _("Creative Commons Attribution, same licence (CC BY-SA)")
    CC_BY_NC = "cc-by-nc", _("Creative Commons Attribution, not commercial (CC BY-NC)")
    CC_BY_NC_SA = "cc-by-nc-sa", _("Creative Commons Attribution, not commercial, same licence (CC BY-NC-SA)")
    CC_BY_ND = "cc-by-nd", _("Creative Commons Attribution, unchanged (CC BY-ND)")
    CC_BY_NC_ND = "cc-by-nc-nd", _("Creative Commons Attribution, not commercial, unchanged (CC BY-NC-ND)")
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    OTHER = "other", pgettext_lazy("licence", "Other, in words")


# Under which anybody may hand the document on as it is; under any other the proposer must say why it may be.
OPEN_LICENCES = frozenset(Licence.values) - {Licence.RESERVED, Licence.OTHER}
# Addresses that never change, for machines.
LICENCE_ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.CC_BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    Licence.CC_BY_ND: "https://creativecommons.org/licenses/by-nd/4.0/",
    Licence.CC_BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    Licence.PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
}
