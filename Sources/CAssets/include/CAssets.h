#ifndef NIGHTDESK_ASSETS_H
#define NIGHTDESK_ASSETS_H
#include <stddef.h>

/// One file of the clients, compiled into the binary.
typedef struct {
    const char *path;
    const unsigned char *bytes;
    size_t size;
} Asset;

size_t asset_count(void);
Asset asset_at(size_t index);
#endif
