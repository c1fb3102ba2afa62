/* A library that is preloaded into the program by scripts/torture. It counts the calls of some functions, and
 * lets the n-th fail. Functions of one kind share a name: open, openat and fopen are "open".
 *
 * SB_FAULT_CALLS   names of the calls that are counted, separated by commas
 * SB_FAULT_AT      number of the call that fails, from 1; 0: none
 * SB_FAULT_LASTS   "once" (default), "on" (that call and all later ones) or "every-other"
 * SB_FAULT_ERROR   errno of the failure; 0: half of the bytes are read or written
 * SB_FAULT_STATE   file of two 64-bit counters, which child processes share: calls, and failures
 * SB_FAULT_TRACE   file that gets the callers of the first failure
 * SB_FAULT_SITES   file that gets the numbers of the calls whose callers are new: the places that differ */
#ifndef SHIM_FAULTS_H
#define SHIM_FAULTS_H

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>

#define SHOWN __attribute__((visibility("default")))

/* The function that `name` would be without this library. */
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

/* True if this call of the kind `call` fails; errno is set. */
bool fault_strikes(const char *call);

/* The same, for reading and writing `*size` bytes: at a half failure, returns false and halves `*size`. */
bool fault_strikes_bytes(const char *call, size_t *size);

#endif
