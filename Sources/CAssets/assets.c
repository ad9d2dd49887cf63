#include "CAssets.h"
size_t asset_count(void) { return 0; }
Asset asset_at(size_t index) { Asset none = {0}; return none; }
