/* The acoustic model that is installed: pocketsphinx's en-us. */
#ifndef SB_ACOUSTIC_INSTALLED_H
#define SB_ACOUSTIC_INSTALLED_H

/* NULL where words of `language` (a BCP 47 tag such as "en-GB"; NULL is taken for English) can be aligned, else why not, in
 * words that follow "placed by energy: ". */
const char *sb_acoustic_model_missing(const char *language);

/* The folder of the model. */
const char *sb_acoustic_model_folder(void);

/* The model's dictionary in CMUdict format; NULL where none is installed. */
const char *sb_acoustic_model_dictionary(void);

#endif
