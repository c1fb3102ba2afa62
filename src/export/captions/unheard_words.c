#include "export/export.h"

#include "base/text/text.h"
#include "export/text/text.h"
#include "transcript/transcript.h"

bool sb_caption_leaves_out(const sb_alignment *alignment, const sb_aligned_word *word)
{
    return word->status == SB_WORD_NOT_HEARD && alignment->pairing != SB_PAIRING_UNSURE;
}

void sb_captions_append_unheard(sb_bytes *out, const sb_alignment *alignment, const sb_caption_span *span)
{
    const sb_aligned_word *before = NULL;
    bool is_first = true;
    for (size_t t = span->first_turn; t <= span->last_turn && t < alignment->n_turns; t++) {
        const sb_aligned_turn *turn = &alignment->turns[t];
        size_t first = t == span->first_turn ? span->first_word : 0;
        for (size_t w = first; w < turn->n_words && (t < span->last_turn || w <= span->last_word); w++) {
            const sb_aligned_word *word = &turn->words[w];
            if (word->status == SB_WORD_NOT_HEARD) {
                sb_bytes_text(out, before ? sb_word_gap(before->text, word->text) : is_first ? "\"" : ", \"");
                sb_one_line_append(out, word->text);
                is_first = false;
            } else if (before)
                sb_bytes_text(out, "\"");
            before = word->status == SB_WORD_NOT_HEARD ? word : NULL;
        }
    }
    sb_bytes_text(out, before ? "\"" : "");
}
