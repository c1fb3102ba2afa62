/* Escaping text and paths for XML and HTML. */
#ifndef SB_EXPORT_XML_TEXT_H
#define SB_EXPORT_XML_TEXT_H

#include "soundbite/file.h"

/* Appends text for an element or a quoted attribute. '&', '<', '>' and '"' are escaped, control characters
 * become blanks, and characters that XML does not allow become U+FFFD. */
void sb_xml_append_text(sb_bytes *out, const char *text);

/* Appends a path as a URL: "file:///..." if it is absolute, otherwise relative. Other bytes are
 * percent-encoded, so the result needs no escaping. NULL appends nothing. */
void sb_url_append_path(sb_bytes *out, const char *path);

#endif
