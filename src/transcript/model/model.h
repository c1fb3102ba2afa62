/* Parts of the transcript model: names and segments. */
#ifndef SB_TRANSCRIPT_MODEL_MODEL_H
#define SB_TRANSCRIPT_MODEL_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "transcript/transcript.h"

/* Detecting speaker names at the beginning of a line. */

/* Returns the length of the name in "Name: text", or 0 if there is none. A name has at most 4 words and 40
 * characters. Each word begins with a capital or a digit, or is "de", "van" or similar. A colon follows, then
 * a blank or the end. "Note:", "http:", "12:30" and similar are not names. */
size_t sb_name_prefix(const char *text, size_t size);

/* Returns true if the text can be such a name. A name in capitals may have a comma ("ANN LEE, HOST"),
 * and a full name may have one before a title ("Ann Lee, MD"). */
bool sb_is_plain_name(const char *text, size_t size);

/* Returns true for "Note", "Episode 12" and similar, which are not names. */
bool sb_is_section_name(const char *text, size_t size);

/* Returns true for "Listen", "Rule" and other words before a colon inside speech. */
bool sb_is_opening_word(const char *text, size_t size);

/* Returns true if a word means a person: "Speaker 1". */
bool sb_has_role(const char *text, size_t size);

/* Returns true for the names that diarizers give: "SPEAKER_00", "Speaker 1", "spk_0". */
bool sb_is_diarized_name(const char *text, size_t size);

/* Returns true if it is a plain name with two words, or a word that means a person ("Caller"). */
bool sb_is_full_name(const char *text, size_t size);

/* Returns true if the text can be a name with a title and a role, such as "Dr. Ann Lee, Jr. (host)": at most
 * 8 words, each as in sb_name_prefix, and no end of a sentence inside. */
bool sb_is_name(const char *text, size_t size);

/* Returns true if the text can be a name beside a timestamp: as sb_is_name, or at most two words also in
 * lower case ("speaker 1"), at most 80 characters, or a GUID. */
bool sb_is_speaker(const char *text, size_t size);

/* Returns true if the folded text is the first word of an elision, as in "l'été", "dell'acqua". */
bool sb_is_elision(const char *text, size_t size);

/* From cues to turns. The cues are the rows of sb_transcript.turns. */

/* Joins words that were cut in two at the end of a cue ("I'" + "m"). The word then belongs to the first cue.
 * Returns SB_ERR_MEMORY. */
sb_status sb_cues_join_split_words(sb_transcript *transcript);

/* Sets `goes_on` of each row. Consecutive cues of one speaker are one turn, unless time goes back. Cues
 * without a speaker make turns that end at a pause, mostly after a sentence, and last at most about a
 * minute. */
void sb_cues_divide_into_turns(sb_transcript *transcript);

#endif
