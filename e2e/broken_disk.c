/* A disk that fails once, as real ones do: while the file $BROKEN_SIGN exists, the first sync of a file whose name ends in
   $BROKEN_NAME answers EIO, and every later one reports success. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_flag has_failed = ATOMIC_FLAG_INIT;

static int fails(int file) {
    const char *sign = getenv("BROKEN_SIGN"), *ending = getenv("BROKEN_NAME");
    if (access(sign, F_OK) != 0) return 0;
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, sizeof name - 1);
    size_t wanted = strlen(ending);
    if (length < (ssize_t)wanted || memcmp(name + length - wanted, ending, wanted) != 0) return 0;
    return !atomic_flag_test_and_set(&has_failed);
}

static int sync_by(long call, int file) {
    if (!fails(file)) return (int)syscall(call, file);
    errno = EIO;
    return -1;
}

int fsync(int file) { return sync_by(SYS_fsync, file); }
int fdatasync(int file) { return sync_by(SYS_fdatasync, file); }
