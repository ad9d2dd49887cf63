/* A disk with faults, while the file $BROKEN_SIGN exists, on files whose names end in $BROKEN_NAME. It fails once, as real ones
   do: the first sync answers EIO, and every later one reports success. Where $BROKEN_QUOTA is set, syncs are well, and nothing more
   is taken: every write answers EDQUOT. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_flag has_failed = ATOMIC_FLAG_INIT;

static int is_broken(int file) {
    const char *sign = getenv("BROKEN_SIGN"), *ending = getenv("BROKEN_NAME");
    if (access(sign, F_OK) != 0) return 0;
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, sizeof name - 1);
    size_t wanted = strlen(ending);
    if (length < (ssize_t)wanted || memcmp(name + length - wanted, ending, wanted) != 0) return 0;
    return 1;
}

static int sync_by(long call, int file) {
    if (getenv("BROKEN_QUOTA") || !is_broken(file) || atomic_flag_test_and_set(&has_failed)) return (int)syscall(call, file);
    errno = EIO;
    return -1;
}

int fsync(int file) { return sync_by(SYS_fsync, file); }
int fdatasync(int file) { return sync_by(SYS_fdatasync, file); }

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    if (!getenv("BROKEN_QUOTA") || !is_broken(file)) return syscall(SYS_pwrite64, file, bytes, count, offset);
    errno = EDQUOT;
    return -1;
}
