/* What is there instead of quotes that a selection does not find. */
#ifndef SB_QUOTE_NEAREST_H
#define SB_QUOTE_NEAREST_H

#include "soundbite/quote.h"

/* The search to run again with a wider selection: sb_quote_find. */
typedef sb_status sb_find_matches(sb_matches **out, const sb_alignment *alignment,
                                  const sb_selection *selection, sb_error *err);

/* Where what is asked for is there, but at other times, of another length or said by somebody else, the nearest of these
 * becomes `out->nearest`; for a regex also the passage most like its letters. It stays NULL where there is nothing of the kind.
 * SB_ERR_MEMORY and as sb_quote_find. */
sb_status sb_nearest_elsewhere(sb_matches *out, const sb_alignment *alignment, const sb_selection *selection,
                               sb_find_matches *find, sb_error *err);

#endif
