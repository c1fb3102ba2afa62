/* Text and addresses inside XML and HTML. */
#ifndef SB_EXPORT_XML_TEXT_H
#define SB_EXPORT_XML_TEXT_H

#include "soundbite/file.h"

/* Appends text for an element or a quoted attribute: '&', '<', '>' and '"' escaped, control characters made blanks, what is
 * no character of XML made U+FFFD. */
void sb_xml_append_text(sb_bytes *out, const char *text);

/* Appends a path as the address of a file: "file:///..." where it is absolute, else relative; bytes that an address may
 * not hold are percent-encoded. The result needs no escaping. NULL appends nothing. */
void sb_url_append_path(sb_bytes *out, const char *path);

#endif
