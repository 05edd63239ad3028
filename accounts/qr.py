"""A QR code as SVG drawn in the page: shapes and attributes only, as the policy of the site asks."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode import QRCode


def svg(text: str) -> SafeString:
    """The code, dark on light in both colour schemes, since cameras expect it so."""
    code = QRCode(border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" width="220" height="220" role="img" aria-hidden="true" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>',
        len(rows),
        path,
    )
