/* Writes down what a program asks of the disk for the files of one SQLite database, so that a power loss can be played afterwards:
   every write with its bytes, every change of length, every file made or removed, and where each sync began and ended.

   $POWER_LOG is the log; $POWER_FILE is how the database's path ends ("nightdesk.sqlite"; its "-wal" is meant too). Its "-shm" is not:
   it is never synced, and SQLite makes it anew. A record is { kind, file, -, length of the bytes, offset or length or number of the
   sync } and the bytes; the calls of all threads stand in one order, except that others may write while a sync is under way. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, LENGTH, SYNC_BEGINS, SYNC_ENDED, MADE, REMOVED };
enum { DATABASE, LOG, FOLDER, OTHER };

struct record {
    uint8_t kind, file;
    uint16_t unused;
    uint32_t length;
    uint64_t where;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int output = -1;
static uint64_t syncs;

__attribute__((constructor)) static void begin(void) {
    output = (int)syscall(SYS_openat, AT_FDCWD, getenv("POWER_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (output < 0) abort();
}

static void note(int kind, int file, uint64_t where, const void *bytes, size_t length) {
    struct record record = {(uint8_t)kind, (uint8_t)file, 0, (uint32_t)length, where};
    struct iovec parts[] = {{&record, sizeof record}, {(void *)bytes, length}};
    if (writev(output, parts, 2) != (ssize_t)(sizeof record + length)) abort();
}

static int file_named(const char *name, size_t length) {
    const char *wanted = getenv("POWER_FILE");
    size_t size = strlen(wanted);
    if (length >= size && memcmp(name + length - size, wanted, size) == 0) return DATABASE;
    if (length >= size + 4 && memcmp(name + length - 4, "-wal", 4) == 0 && memcmp(name + length - 4 - size, wanted, size) == 0) return LOG;
    return OTHER;
}

static int file_behind(int descriptor) {
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, name, sizeof name - 1);
    return length < 0 ? OTHER : file_named(name, (size_t)length);
}

static int opened(int folder, const char *name, int flags, mode_t mode) {
    int file = file_named(name, strlen(name));
    if (file == OTHER || !(flags & O_CREAT)) return (int)syscall(SYS_openat, folder, name, flags, mode);
    pthread_mutex_lock(&lock);
    int isNew = faccessat(folder, name, F_OK, 0) != 0;
    int descriptor = (int)syscall(SYS_openat, folder, name, flags, mode);
    if (isNew && descriptor >= 0) note(MADE, file, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return descriptor;
}

#define MODE_OF(flags) \
    mode_t mode = 0; \
    if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *name, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, name, flags | O_LARGEFILE, mode); }

int unlink(const char *name) {
    int file = file_named(name, strlen(name));
    if (file == OTHER) return (int)syscall(SYS_unlink, name);
    pthread_mutex_lock(&lock);
    int failed = (int)syscall(SYS_unlink, name);
    if (!failed) note(REMOVED, file, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return failed;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    int file = file_behind(descriptor);
    if (file == OTHER) return syscall(SYS_pwrite64, descriptor, bytes, count, offset);
    pthread_mutex_lock(&lock);
    ssize_t written = syscall(SYS_pwrite64, descriptor, bytes, count, offset);
    if (written > 0) note(WRITE, file, (uint64_t)offset, bytes, (size_t)written);
    pthread_mutex_unlock(&lock);
    return written;
}

int ftruncate64(int descriptor, off64_t length) {
    int file = file_behind(descriptor);
    if (file == OTHER) return (int)syscall(SYS_ftruncate, descriptor, length);
    pthread_mutex_lock(&lock);
    int failed = (int)syscall(SYS_ftruncate, descriptor, length);
    if (!failed) note(LENGTH, file, (uint64_t)length, NULL, 0);
    pthread_mutex_unlock(&lock);
    return failed;
}

static int synced(long call, int descriptor) {
    struct stat status;
    int file = fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode) ? FOLDER : file_behind(descriptor);
    if (file == OTHER) return (int)syscall(call, descriptor);
    pthread_mutex_lock(&lock);
    uint64_t number = ++syncs;
    note(SYNC_BEGINS, file, number, NULL, 0);
    pthread_mutex_unlock(&lock);
    int failed = (int)syscall(call, descriptor);
    pthread_mutex_lock(&lock);
    if (!failed) note(SYNC_ENDED, file, number, NULL, 0);
    pthread_mutex_unlock(&lock);
    return failed;
}

int fsync(int descriptor) { return synced(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return synced(SYS_fdatasync, descriptor); }
