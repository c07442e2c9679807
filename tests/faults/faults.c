/* Makes one call on files below a folder fail: FAULT_CALL (write, fsync), the FAULT_AT-th and the
   FAULT_FOR - 1 after it, with the error number FAULT_ERROR, below FAULT_BELOW.  Loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int seen;

static int number(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
}

static int fails(const char *call, int fd) {
    const char *wanted = getenv("FAULT_CALL"), *below = getenv("FAULT_BELOW");
    char link[64], path[4096];
    if (!wanted || !below || strcmp(wanted, call)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (strncmp(path, below, strlen(below))) return 0;
    int turn = __sync_add_and_fetch(&seen, 1), first = number("FAULT_AT");
    if (turn < first || turn >= first + number("FAULT_FOR")) return 0;
    errno = number("FAULT_ERROR");
    return 1;
}

ssize_t write(int fd, const void *data, size_t size) {
    ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    return fails("write", fd) ? -1 : next(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
    return fails("write", fd) ? -1 : next(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    ssize_t (*next)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    return fails("write", fd) ? -1 : next(fd, data, size, at);
}
int fsync(int fd) {
    int (*next)(int) = dlsym(RTLD_NEXT, "fsync");
    return fails("fsync", fd) ? -1 : next(fd);
}
int fdatasync(int fd) {
    int (*next)(int) = dlsym(RTLD_NEXT, "fdatasync");
    return fails("fsync", fd) ? -1 : next(fd);
}
