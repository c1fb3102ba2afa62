/* Speakers: listing them, renaming them, and finding names that may belong to one person. */
#ifndef SOUNDBITE_NAMES_H
#define SOUNDBITE_NAMES_H

#include "soundbite/align.h"

SB_BEGIN_DECLS

/* A speaker, or all turns without a speaker name as one item. */
typedef struct sb_speaker {
    const char *name; /* owned by the transcript or alignment; NULL for the turns without a name */
    size_t n_turns;   /* a turn that continues over several cues counts once */
    size_t n_words;
    size_t first_turn; /* index */
} sb_speaker;

/* The speakers in the order of their first turns. sb_speakers_finish frees the arrays. */
typedef struct sb_speakers {
    sb_speaker *items;
    size_t n_items;
    uint32_t *of_turn; /* for each turn the index of its speaker */
} sb_speakers;

/* List the speakers. The list refers to the names of the transcript or alignment. Return SB_ERR_MEMORY. */
SB_API sb_status sb_speakers_of_transcript(sb_speakers *out, const sb_transcript *transcript, sb_error *err);
SB_API sb_status sb_speakers_of_alignment(sb_speakers *out, const sb_alignment *alignment, sb_error *err);
SB_API void sb_speakers_finish(sb_speakers *speakers);

/* New names for speakers. A zeroed struct changes nothing.
 *
 * An alias is "OLD=NEW". The first '=' separates the two names; blanks around them are ignored. Every turn of
 * the speaker OLD then has the speaker NEW. OLD is compared without case and accents, and '*' in it matches
 * any text. An empty OLD means all turns without a name; '*' does not match those. An empty NEW removes the
 * name. Each turn is renamed once, by the first alias that fits the name it had before. */
typedef struct sb_names_params {
    const char *const *aliases;
    size_t n_aliases;
    bool skip_unused; /* an alias that fits no speaker is skipped; otherwise it is an error */
} sb_names_params;

/* Returns SB_ERR_ARGUMENT if the alias has no '=', or has nothing before and after it. */
SB_API sb_status sb_alias_check(const char *alias, sb_error *err);

/* Returns SB_ERR_ARGUMENT if an alias is malformed, or fits none of the speakers and `skip_unused` is not
 * set. The message lists the speakers. Call it before slow work to find mistakes early. `path` is for the
 * message and may be NULL. */
SB_API sb_status sb_names_check(const sb_speakers *speakers, const sb_names_params *params, const char *path,
                                sb_error *err);

/* Give the speakers their new names. Turns are not joined, even if neighbours now have the same speaker, and
 * the document's own text does not change. If the call fails, no name is changed. `params` may be NULL.
 * Return the statuses of sb_names_check and SB_ERR_MEMORY. */
SB_API sb_status sb_transcript_rename(sb_transcript *transcript, const sb_names_params *params,
                                      sb_error *err);
SB_API sb_status sb_alignment_rename(sb_alignment *alignment, const sb_names_params *params, sb_error *err);

/* Why a speaker may need another name. */
typedef enum sb_name_hint_kind {
    /* another speaker's name is spelled almost the same: "Berk" and "Burke", "JO ROY, HOST" and "Jo Roy" */
    SB_NAME_SPELLING,
    SB_NAME_PART,   /* a part of another speaker's name, or the initials: "Roy" and "Jo Roy" */
    SB_NAME_LABEL,  /* a label instead of a name: "Speaker 1", "SPEAKER_00", an identifier */
    SB_NAME_MISSING /* some turns have no name although others have one */
} sb_name_hint_kind;

typedef struct sb_name_hint {
    sb_name_hint_kind kind;
    size_t speaker; /* index of the speaker who may need another name */
    size_t other;   /* index of the speaker with the similar or longer name; SIZE_MAX for LABEL and MISSING */
    char *alias;    /* "OLD=NEW"; NEW is "NAME" if it is not known */
} sb_name_hint;

/* Hints in the order of the speakers. sb_name_hints_finish frees them. */
typedef struct sb_name_hints {
    sb_name_hint *items;
    size_t n_items;
} sb_name_hints;

/* The hints compare at most this many speakers: those with the most words. */
#define SB_NAME_HINT_SPEAKERS 200

/* Finds names that may belong to one person, and labels instead of names. The hints are guesses: two people
 * can have similar names. Returns SB_ERR_MEMORY. */
SB_API sb_status sb_name_hints_find(sb_name_hints *out, const sb_speakers *speakers, sb_error *err);
SB_API void sb_name_hints_finish(sb_name_hints *hints);

/* Returns the name of a kind, such as "spelling". Never NULL. */
SB_API const char *sb_name_hint_kind_name(sb_name_hint_kind kind);

SB_END_DECLS

#endif
