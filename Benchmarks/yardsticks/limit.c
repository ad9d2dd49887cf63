// The cheapest program that does the job, as a yardstick: relays each line to the other end of its conversation after
// appending it to a log with one fdatasync for everything that one turn of the event loop brought. Not a product.
//
//   limit PORT LOG
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE = 512, CONVERSATIONS = 100000, BATCH = 65536 };

typedef struct Connection {
    int fd, conversation, is_agent, have;
    char in[4 * LINE];
} Connection;

typedef struct {
    Connection *to;
    int count;
    char text[LINE];
} Line;

static Connection *ends[2][CONVERSATIONS];
static Line batch[BATCH];
static char log_text[BATCH * 128];
static int batched, logged, events;

static void take(Connection *c, const char *line, int count) {
    if (c->conversation < 0) {
        c->is_agent = line[0] == 'a';
        c->conversation = atoi(line + 1) % CONVERSATIONS;
        ends[c->is_agent][c->conversation] = c;
        send(c->fd, "ok\n", 3, MSG_NOSIGNAL);
    } else if (batched < BATCH && count < LINE && logged + count < (int)sizeof log_text) {
        Line *l = &batch[batched++];
        l->to = ends[!c->is_agent][c->conversation];
        l->count = count;
        memcpy(l->text, line, count);
        memcpy(log_text + logged, line, count);
        logged += count;
    }
}

static void hear(Connection *c) {
    int n = recv(c->fd, c->in + c->have, sizeof c->in - c->have, 0);
    if (n == 0) {
        if (c->conversation >= 0) ends[c->is_agent][c->conversation] = 0;
        close(c->fd);
        free(c);
        return;
    }
    if (n < 0) return;
    c->have += n;
    char *line = c->in, *end;
    while ((end = memchr(line, '\n', c->in + c->have - line))) {
        take(c, line, end - line + 1);
        line = end + 1;
    }
    c->have -= line - c->in;
    memmove(c->in, line, c->have);
}

static void welcome(int listener) {
    int one = 1, fd;
    while ((fd = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        Connection *c = calloc(1, sizeof *c);
        c->fd = fd;
        c->conversation = -1;
        struct epoll_event e = {EPOLLIN, {.ptr = c}};
        epoll_ctl(events, EPOLL_CTL_ADD, fd, &e);
    }
}

int main(int count, char **words) {
    if (count != 3) return fprintf(stderr, "usage: limit PORT LOG\n"), 1;
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int log = open(words[2], O_CREAT | O_WRONLY | O_APPEND, 0600), listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (log < 0 || bind(listener, (void *)&at, sizeof at) < 0 || listen(listener, 4096) < 0) return perror("limit"), 1;
    events = epoll_create1(0);
    struct epoll_event e = {EPOLLIN, {.ptr = 0}}, ready[1024];
    epoll_ctl(events, EPOLL_CTL_ADD, listener, &e);
    for (;;) {
        int n = epoll_wait(events, ready, 1024, -1);
        batched = logged = 0;
        for (int i = 0; i < n; i++) {
            if (ready[i].data.ptr) hear(ready[i].data.ptr); else welcome(listener);
        }
        if (logged && (write(log, log_text, logged) < 0 || fdatasync(log) < 0)) return perror("limit"), 1;
        for (int i = 0; i < batched; i++)
            if (batch[i].to) send(batch[i].to->fd, batch[i].text, batch[i].count, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
}
