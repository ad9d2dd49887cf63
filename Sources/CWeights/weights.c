#include "CWeights.h"

static const unsigned char english[] = {
#embed "english.embedding"
};

const unsigned char *english_embedding(void) { return english; }

size_t english_embedding_size(void) { return sizeof english; }
