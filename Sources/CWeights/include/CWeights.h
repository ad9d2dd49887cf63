#ifndef NIGHTDESK_WEIGHTS_H
#define NIGHTDESK_WEIGHTS_H
#include <stddef.h>

/// What `nightdesk train embedding` learnt from English questions (NOTICE.md), compiled into the binary.
const unsigned char *english_embedding(void);
size_t english_embedding_size(void);
#endif
