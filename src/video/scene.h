/* The pictures of a video, one after the other. */
#ifndef SB_VIDEO_SCENE_H
#define SB_VIDEO_SCENE_H

#include "video/film.h"
#include "video/yuv.h"

typedef struct sb_scene sb_scene;

/* Draws all that does not move. As sb_film_open. */
sb_status sb_scene_create(sb_scene **out, const sb_film_params *params, sb_notes *notes, sb_error *err);
void sb_scene_free(sb_scene **scene);

/* Of all the pictures. */
int64_t sb_scene_length(const sb_scene *scene);

/* Picture `index`, valid until the next call; only what moved since the call before is drawn anew. */
const sb_yuv *sb_scene_draw(sb_scene *scene, int64_t index);

#endif
