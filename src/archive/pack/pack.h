/* Packing an alignment into a few bytes a word, and unpacking parts of it. */
#ifndef SB_ARCHIVE_PACK_PACK_H
#define SB_ARCHIVE_PACK_PACK_H

#include "soundbite/align.h"

/* Words [first_word, end_word) of one sb_aligned_turn. The first piece of a row has its first word, or no
 * word. */
typedef struct sb_piece {
    size_t row, first_word, end_word;
} sb_piece;

/* An alignment in blocks of about SB_BLOCK_WORDS words, which can be read alone. Block i has the pieces
 * starts[i] to starts[i + 1] - 1. */
typedef struct sb_blocks {
    sb_piece *pieces;
    size_t *starts, n_pieces, n_blocks, pieces_capacity, starts_capacity;
} sb_blocks;

#define SB_BLOCK_WORDS 128

/* Returns SB_ERR_MEMORY. */
sb_status sb_blocks_make(sb_blocks *out, const sb_alignment *alignment, sb_error *err);
void sb_blocks_finish(sb_blocks *blocks);

/* Appends one block. speaker_of[row] is the index of the row's speaker. The times are whole multiples of
 * their greatest common divisor, and each is written as the difference from the one before. If an allocation
 * fails, out->failed is set. */
void sb_block_write(sb_bytes *out, const sb_alignment *alignment, const sb_piece *pieces, size_t n_pieces,
                    const uint32_t *speaker_of);

/* Appends the rows of a block to the alignment. `speakers` has the names; NULL for turns without one. A row
 * that began in an earlier block is joined to the last row if `joins` is set; otherwise it becomes a row that
 * goes on, without a stamp. Returns SB_ERR_FORMAT if the block is damaged (no error text is set);
 * SB_ERR_MEMORY. */
sb_status sb_block_read(sb_alignment *out, const void *data, size_t size, const char *const *speakers,
                        size_t n_speakers, bool joins);

/* Appends everything but the turns: an alignment file without turns, compressed. Returns SB_ERR_MEMORY. */
sb_status sb_head_write(sb_bytes *out, const sb_alignment *alignment, sb_error *err);

/* Returns SB_ERR_FORMAT if it is damaged; SB_ERR_MEMORY. */
sb_status sb_head_read(sb_alignment **out, const void *data, size_t size, const char *path, sb_error *err);

/* Properties of a piece, as bits of its first byte. */
enum {
    SB_PIECE_GOES_ON = 1,
    SB_PIECE_CONTINUES = 2, /* its row began in an earlier block */
    SB_PIECE_HAS_LANGUAGE = 4,
    SB_PIECE_HAS_STAMP = 8,
    SB_PIECE_HAS_START = 16,
    SB_PIECE_HAS_END = 32,
    SB_PIECE_STATUS = 64 /* times the status of the turn */
};

/* Properties of a word, as bits beside its confidence. */
enum { SB_PACKED_HAS_TIMES = 1, SB_PACKED_STATUS = 2, SB_PACKED_CONFIDENCE = 8 };

/* Confidences have three decimals in the file. Another one is followed by its four bytes. */
#define SB_CONFIDENCE_STEPS 1000

#endif
