// Load for a chat server: conversations of one visitor and one agent connection each, one thread, epoll.
//
//   load PROTOCOL PORTS PEOPLE MODE SECONDS
//
// PORTS     one, or several with commas: the servers share the conversations, and of two servers half the conversations have
//           their ends at different ones. VISITORS/AGENTS: those of the visitors, then those of the agents
// PROTOCOL  nightdesk  WebSocket, hello with a token, say frames
//           socket     plain WebSocket at /v/N and /a/N, {"text": …}  (the floor)
//           line       one line a message, the first names the connection  (the limit)
// PEOPLE    a file with a line per conversation: visitor token, agent token, conversation id ("-" where unused);
//           an agent token of "-" leaves the agent out; those come last, and only look
// MODE      closed  every visitor sends again as soon as the agent has answered
//           open:R  R visitor messages a second in all, whatever comes back
//           idle    connect, answer heartbeats, nothing else
//           connect connect and leave, for the cost of a connection
//           drop:R  as open, and after two seconds everybody without an agent of their own is cut off at once and comes back as
//                   docs/protocol.md says, while agents write to each of them; SECONDS is how long that may take
//
// Every message carries a marker of 19 bytes, ~CCCCCCCCSSSSSSSSv~ (conversation, sequence, side), so that answers are
// found in the byte stream whatever the protocol. An agent answers each visitor's marker with its own.
// Prints one JSON object. Ends by itself.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 16384, WINDOW = 64, PADDING = 64 };
typedef enum { NIGHTDESK, SOCKET, LINE } Protocol;
typedef enum { CONNECTING, UPGRADING, GREETING, READY, GONE } State;

typedef struct Connection {
    int fd, conversation, is_agent;
    State state;
    char in[BUFFER];
    int have;
    char *out;
    int waiting, room;
    uint64_t started;
} Connection;

typedef struct {
    char visitor[512], agent[512], id[64];
    Connection *ends[2];
    uint32_t sequence;
    uint64_t sent[WINDOW], asked[WINDOW];
    // Of those who are cut off: the highest number they have and the one they must get, when to dial again, after how long.
    uint32_t last, told;
    uint64_t due, pause;
    int is_back;
} Conversation;

static Protocol protocol;
static int events, conversations, talkers, ready, failed, refused, heartbeats;
static Conversation *all;
static uint64_t *round_trips, *acknowledgements, *greetings;
static size_t trips, acks, greeted, capacity = 8u << 20;
static uint64_t stop_at;
static int is_closed_loop;
static long messages;
static int visitor_ports[8], agent_ports[8], visitor_count, agent_count;
static int is_dropping, back, gaps, retries;
static uint64_t dropped_at, *returns, *others;
static size_t heard_others;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void watch(Connection *c, int operation) {
    struct epoll_event e = {EPOLLIN | (c->waiting || c->state == CONNECTING ? EPOLLOUT : 0), {.ptr = c}};
    epoll_ctl(events, operation, c->fd, &e);
}

// Of those who are cut off and come back.
static int is_of_crowd(Connection *c) { return is_dropping && c->conversation >= talkers; }

// 250 to 500 ms at random the first time, then twice as long each time, up to 30 s (docs/protocol.md).
static void come_back_later(Conversation *conversation) {
    uint64_t pause = conversation->pause ? conversation->pause * 2 : 250000000ull + rand() % 250000000;
    conversation->pause = pause < 30000000000ull ? pause : 30000000000ull;
    conversation->due = now() + conversation->pause;
}

static void drop(Connection *c) {
    if (c->state == GONE) return;
    c->state = GONE;
    epoll_ctl(events, EPOLL_CTL_DEL, c->fd, 0);
    close(c->fd);
    if (dropped_at && is_of_crowd(c)) { retries++; come_back_later(&all[c->conversation]); }
    else failed++;
}

static void flush(Connection *c) {
    while (c->waiting) {
        ssize_t n = send(c->fd, c->out, c->waiting, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) break;
        if (n <= 0) return drop(c);
        memmove(c->out, c->out + n, c->waiting - n);
        c->waiting -= n;
    }
    watch(c, EPOLL_CTL_MOD);
}

static void put(Connection *c, const char *bytes, int count) {
    if (c->waiting + count > c->room) c->out = realloc(c->out, c->room = 2 * (c->waiting + count));
    memcpy(c->out + c->waiting, bytes, count);
    c->waiting += count;
    flush(c);
}

// A masked text frame (RFC 6455 section 5.2); a mask of zeros leaves the bytes as they are.
static void put_frame(Connection *c, const char *text, int count) {
    unsigned char frame[BUFFER];
    int h = 0;
    frame[h++] = 0x81;
    if (count < 126) frame[h++] = 0x80 | count;
    else { frame[h++] = 0x80 | 126; frame[h++] = count >> 8; frame[h++] = count; }
    memset(frame + h, 0, 4);
    memcpy(frame + h + 4, text, count);
    put(c, (char *)frame, h + 4 + count);
}

static void say(Connection *c, const char *marker) {
    static char padding[PADDING + 1];
    if (!padding[0]) memset(padding, 'x', PADDING);
    char text[1024];
    int n;
    switch (protocol) {
    case NIGHTDESK:
        n = c->is_agent ? sprintf(text, "{\"type\":\"say\",\"ref\":\"%.8s\",\"conversation\":\"%s\",\"client\":\"%.17s\",\"text\":\"%.19s%s\"}",
                                  marker + 9, all[c->conversation].id, marker + 1, marker, padding)
                        : sprintf(text, "{\"type\":\"say\",\"ref\":\"%.8s\",\"client\":\"%.17s\",\"text\":\"%.19s%s\"}",
                                  marker + 9, marker + 1, marker, padding);
        return put_frame(c, text, n);
    case SOCKET:
        n = sprintf(text, "{\"text\":\"%.19s%s\"}", marker, padding);
        return put_frame(c, text, n);
    case LINE:
        n = sprintf(text, "%.19s%s\n", marker, padding);
        return put(c, text, n);
    }
}

static void ask(Conversation *conversation) {
    char marker[32];
    uint32_t sequence = ++conversation->sequence;
    sprintf(marker, "~%08d%08uv~", (int)(conversation - all), sequence);
    conversation->sent[sequence % WINDOW] = conversation->asked[sequence % WINDOW] = now();
    messages++;
    say(conversation->ends[0], marker);
}

static void hear(Connection *c, const char *marker) {
    int of = atoi((char[9]){marker[1], marker[2], marker[3], marker[4], marker[5], marker[6], marker[7], marker[8], 0});
    uint32_t sequence = strtoul((char[9]){marker[9], marker[10], marker[11], marker[12], marker[13], marker[14], marker[15], marker[16], 0}, 0, 10);
    if (of != c->conversation) return;
    Conversation *conversation = &all[of];
    if (c->is_agent && marker[17] == 'v') {
        char answer[20];
        memcpy(answer, marker, 19);
        answer[17] = 'a';
        messages++;
        say(c, answer);
    } else if (!c->is_agent && marker[17] == 'a') {
        uint64_t *sent = &conversation->sent[sequence % WINDOW];
        if (!*sent) return;
        if (trips < capacity) round_trips[trips++] = now() - *sent;
        *sent = 0;
        if (is_closed_loop && now() < stop_at) ask(conversation);
    }
}

static void acknowledge(uint64_t *asked) {
    if (!*asked) return;
    if (dropped_at) { if (heard_others < capacity) others[heard_others++] = now() - *asked; }
    else if (acks < capacity) acknowledgements[acks++] = now() - *asked;
    *asked = 0;
}

static uint32_t number_after(const char *text, size_t count, const char *name) {
    const char *at = memmem(text, count, name, strlen(name));
    return at ? strtoul(at + strlen(name), 0, 10) : 0;
}

// An agent's word to somebody who was cut off: its number is what they must get.
static void hear_told(Conversation *conversation, const char *frame) {
    acknowledge(&conversation->asked[0]);
    conversation->told = number_after(frame, 128, "\"number\":");
}

// The gap rule of docs/protocol.md, without asking for what is missing: nothing may be.
static void take(Conversation *conversation, uint32_t number) {
    if (number <= conversation->last) return;
    if (number > conversation->last + 1) gaps++;
    conversation->last = number;
}

// The acknowledgement names the sequence in its ref.
static void hear_done(Connection *c, const char *frame) {
    const char *ref = memmem(frame, 64, "\"ref\":\"", 7);
    if (!ref) return;
    if (c->is_agent) { if (ref[7] == 'k') hear_told(&all[atoi(ref + 8)], frame); return; }
    acknowledge(&all[c->conversation].asked[strtoul(ref + 7, 0, 10) % WINDOW]);
}

static int starts(const char *at, const char *end, const char *text) {
    size_t n = strlen(text);
    return (size_t)(end - at) >= n && !memcmp(at, text, n);
}

static void scan(Connection *c) {
    char *at = c->in, *end = c->in + c->have;
    for (; end - at >= 64 || (end > at && !memchr(at, '~', end - at) && end[-1] == '}'); at++) {
        if (at >= end) break;
        if (*at == '~' && end - at >= 19 && at[18] == '~' && (at[17] == 'v' || at[17] == 'a')) { hear(c, at); at += 18; }
        else if (protocol == NIGHTDESK && *at == '"' && starts(at, end, "\"type\":\"")) {
            if (starts(at + 8, end, "done\"")) hear_done(c, at);
            else if (starts(at + 8, end, "refused\"")) refused++;
            else if (starts(at + 8, end, "ping\"")) { heartbeats++; put_frame(c, "{\"type\":\"pong\"}", strlen("{\"type\":\"pong\"}")); }
        }
        if (c->state == GONE) return;
    }
    c->have = end - at;
    memmove(c->in, at, c->have);
}

static void hear_welcome(Connection *c, const char *text, size_t count) {
    Conversation *conversation = &all[c->conversation];
    uint32_t newest = number_after(text, count, "\"last\":");
    c->state = READY;
    ready++;
    if (!dropped_at) { conversation->last = newest; return; }
    const char *end = text + count, *at = memmem(text, count, "\"entries\":[", 11);
    while (at && (at = memmem(at, end - at, "\"number\":", 9))) take(conversation, strtoul(at += 9, 0, 10));
    if (conversation->last < newest) gaps++;
    returns[back++] = now() - dropped_at;
    conversation->is_back = 1;
}

// Whole frames, for those who count what they have got.
static void hear_frames(Connection *c) {
    int at = 0;
    for (;;) {
        unsigned char *h = (unsigned char *)c->in + at;
        int have = c->have - at, head = have < 2 ? 2 : h[1] == 126 ? 4 : h[1] == 127 ? 10 : 2;
        if (have < head) break;
        int count = head == 2 ? h[1] : head == 4 ? h[2] << 8 | h[3] : h[7] << 16 | h[8] << 8 | h[9];
        if (head + count > BUFFER) { fprintf(stderr, "a frame of %d bytes is too long for this\n", count); exit(4); }
        if (have < head + count) break;
        const char *text = (char *)h + head;
        if (memmem(text, count, "\"type\":\"welcome\"", 16)) hear_welcome(c, text, count);
        else if (memmem(text, count, "\"type\":\"entry.added\"", 20)) take(&all[c->conversation], number_after(text, count, "\"number\":"));
        else if (memmem(text, count, "\"type\":\"ping\"", 13)) { heartbeats++; put_frame(c, "{\"type\":\"pong\"}", strlen("{\"type\":\"pong\"}")); }
        else if (memmem(text, count, "\"type\":\"refused\"", 16)) refused++;
        if (c->state == GONE) return;
        at += head + count;
    }
    c->have -= at;
    memmove(c->in, c->in + at, c->have);
}

static void upgrade(Connection *c) {
    char request[1024], path[64];
    if (protocol == NIGHTDESK) strcpy(path, "/api/socket");
    else sprintf(path, "/%c/%08d", c->is_agent ? 'a' : 'v', c->conversation);
    int n = sprintf(request,
                    "GET %s HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path);
    c->state = UPGRADING;
    put(c, request, n);
}

static void greet(Connection *c) {
    Conversation *conversation = &all[c->conversation];
    char hello[1024];
    int n = sprintf(hello, "{\"type\":\"hello\",\"as\":\"%s\",\"token\":\"%s\"", c->is_agent ? "desk" : "visitor",
                    c->is_agent ? conversation->agent : conversation->visitor);
    n += dropped_at ? sprintf(hello + n, ",\"since\":%u}", conversation->last) : sprintf(hello + n, "}");
    c->state = GREETING;
    put_frame(c, hello, n);
}

static void become_ready(Connection *c) {
    c->state = READY;
    if (greeted < capacity) greetings[greeted++] = now() - c->started;
    ready++;
    if (protocol == NIGHTDESK && c->is_agent) {
        const char *online = "{\"type\":\"presence\",\"ref\":\"p\",\"presence\":\"online\"}";
        put_frame(c, online, strlen(online));
    }
}

static void connected(Connection *c) {
    if (protocol == LINE) {
        char name[16];
        int n = sprintf(name, "%c%08d\n", c->is_agent ? 'a' : 'v', c->conversation);
        c->state = GREETING;
        put(c, name, n);
    } else upgrade(c);
}

static void advance(Connection *c) {
    char *head = memmem(c->in, c->have, "\r\n\r\n", 4);
    if (c->state == UPGRADING && head) {
        if (!memmem(c->in, c->have, " 101 ", 5)) return drop(c);
        c->have -= head + 4 - c->in;
        memmove(c->in, head + 4, c->have);
        if (protocol == SOCKET) become_ready(c); else greet(c);
        if (c->state == GREETING && is_of_crowd(c)) hear_frames(c);
    } else if (c->state == GREETING && is_of_crowd(c)) hear_frames(c);
    else if (c->state == GREETING && memmem(c->in, c->have, protocol == LINE ? "ok\n" : "\"welcome\"", protocol == LINE ? 3 : 9)) {
        c->have = 0;
        become_ready(c);
    }
}

static void receive(Connection *c) {
    for (;;) {
        if (c->have == BUFFER) { memmove(c->in, c->in + BUFFER / 2, BUFFER / 2); c->have = BUFFER / 2; }
        ssize_t n = recv(c->fd, c->in + c->have, BUFFER - c->have, 0);
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0) return drop(c);
        c->have += n;
        if (c->state != READY) advance(c);
        else if (is_of_crowd(c)) hear_frames(c);
        else scan(c);
        if (c->state == GONE) return;
    }
}

static void pump(int milliseconds) {
    struct epoll_event ready_events[512];
    int count = epoll_wait(events, ready_events, 512, milliseconds);
    for (int i = 0; i < count; i++) {
        Connection *c = ready_events[i].data.ptr;
        if (c->state == GONE) continue;
        if (ready_events[i].events & EPOLLOUT) { if (c->state == CONNECTING) connected(c); else flush(c); }
        if (c->state != GONE && ready_events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(c);
    }
}

// Source addresses change every 20,000 connections, because each has 28,000 ports only.
static void dial(Connection *c) {
    static int dialled;
    int one = 1, i = c->conversation;
    int port = c->is_agent ? agent_ports[i / visitor_count % agent_count] : visitor_ports[i % visitor_count];
    c->state = CONNECTING;
    c->have = c->waiting = 0;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + dialled++ / 20000)};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    bind(c->fd, (void *)&from, sizeof from);
    c->started = now();
    int status = connect(c->fd, (void *)&to, sizeof to);
    watch(c, EPOLL_CTL_ADD);
    if (status < 0 && errno != EINPROGRESS) drop(c);
}

static void connect_all(void) {
    int wanted = 0;
    for (int i = 0; i < conversations; i++)
        for (int side = 1; side >= 0; side--) {
            if (side && all[i].agent[0] == '-') continue;
            Connection *c = all[i].ends[side] = calloc(1, sizeof *c);
            c->conversation = i;
            c->is_agent = side;
            dial(c);
            wanted++;
            while (wanted - ready - failed > 64) pump(100);
        }
    uint64_t patience = now() + 30000000000ull;
    while (ready + failed < wanted && now() < patience) pump(100);
}

// Cut off without a word, as when the machine in front of the server dies.
static void cut_off_all(void) {
    struct linger at_once = {1, 0};
    dropped_at = now();
    for (int i = talkers; i < conversations; i++) {
        Connection *c = all[i].ends[0];
        if (c->state == GONE) continue;
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        c->state = GONE;
        epoll_ctl(events, EPOLL_CTL_DEL, c->fd, 0);
        close(c->fd);
        come_back_later(&all[i]);
    }
}

static void dial_those_due(void) {
    static uint64_t looked;
    uint64_t time = now();
    if (time - looked < 2000000) return;
    looked = time;
    for (int i = talkers; i < conversations; i++)
        if (all[i].due && all[i].due <= time) { all[i].due = 0; dial(all[i].ends[0]); }
}

// An agent's word to somebody who is away or just back.
static void tell(int i) {
    char text[512];
    Connection *agent = all[i % talkers].ends[1];
    int n = sprintf(text, "{\"type\":\"say\",\"ref\":\"k%d\",\"conversation\":\"%s\",\"client\":\"k%d\",\"text\":\"Are you still there?\"}", i, all[i].id, i);
    all[i].asked[0] = now();
    put_frame(agent, text, n);
}

static int have_all(void) {
    for (int i = talkers; i < conversations; i++)
        if (!all[i].is_back || !all[i].told || all[i].last < all[i].told) return 0;
    return 1;
}

// Everybody else goes on talking at the rate; ends when all are back and have everything, or at the time.
static void drop_and_resume(double rate, double seconds) {
    uint64_t begin = now(), next = begin, told_next = 0, end = begin + (uint64_t)((seconds + 2) * 1e9);
    // All are told something within five seconds of the drop.
    double told_every = 5e9 / (conversations - talkers);
    for (int turn = 0, told = talkers, looked = 0; now() < end;) {
        for (; next <= now(); next += 1e9 / rate) ask(&all[turn++ % talkers]);
        if (!dropped_at && now() - begin > 2000000000ull) { cut_off_all(); told_next = now(); }
        if (dropped_at) {
            for (; told < conversations && told_next <= now(); told_next += told_every) tell(told++);
            dial_those_due();
            if (told == conversations && ++looked % 64 == 0 && have_all()) break;
        }
        pump(1);
    }
    // What is still not acknowledged has taken at least this long.
    for (int i = 0; i < conversations; i++)
        for (int k = 0; k < WINDOW; k++) acknowledge(&all[i].asked[k]);
}

static void print_drop(void) {
    int missing = 0;
    for (int i = talkers; i < conversations; i++) missing += !all[i].is_back || !all[i].told || all[i].last < all[i].told;
    printf(",\"crowd\":%d,\"back\":%d,\"missing\":%d,\"gaps\":%d,\"retries\":%d", conversations - talkers, back, missing, gaps, retries);
}

static int by_size(const void *a, const void *b) {
    uint64_t x = *(uint64_t *)a, y = *(uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void print_times(const char *name, uint64_t *times, size_t count) {
    if (!count) return;
    qsort(times, count, sizeof *times, by_size);
    printf(",\"%s\":{\"count\":%zu,\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,\"max\":%.1f}", name, count, times[count / 2] / 1e3,
           times[count * 9 / 10] / 1e3, times[count * 99 / 100] / 1e3, times[count - 1] / 1e3);
}

static void read_people(const char *file) {
    FILE *people = fopen(file, "r");
    if (!people) { perror(file); exit(2); }
    int room = 1024;
    all = calloc(room, sizeof *all);
    while (fscanf(people, "%511s %511s %63s", all[conversations].visitor, all[conversations].agent, all[conversations].id) == 3)
        if (++conversations == room) { all = realloc(all, (room *= 2) * sizeof *all); memset(all + conversations, 0, (room - conversations) * sizeof *all); }
    fclose(people);
    while (talkers < conversations && all[talkers].agent[0] != '-') talkers++;
}

static int read_list(char *text, int *ports) {
    int count = 0;
    for (char *port = strtok(text, ","); port && count < 8; port = strtok(0, ",")) ports[count++] = atoi(port);
    return count;
}

static void read_ports(char *text) {
    char both[128];
    snprintf(both, sizeof both, "%s", text);
    char *slash = strchr(both, '/'), *agents = slash ? slash + 1 : strdup(both);
    if (slash) *slash = 0;
    visitor_count = read_list(both, visitor_ports);
    agent_count = read_list(agents, agent_ports);
}

// Tells the driver that a phase begins, and waits for its word, so that it can read the server's counters in between.
static void mark(const char *phase) {
    printf("%s\n", phase);
    fflush(stdout);
    char line[16];
    if (!fgets(line, sizeof line, stdin)) exit(3);
}

int main(int count, char **words) {
    if (count != 6) return fprintf(stderr, "usage: load PROTOCOL PORTS PEOPLE MODE SECONDS\n"), 1;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    protocol = !strcmp(words[1], "nightdesk") ? NIGHTDESK : !strcmp(words[1], "socket") ? SOCKET : LINE;
    read_people(words[3]);
    const char *mode = words[4];
    read_ports(words[2]);
    is_dropping = !strncmp(mode, "drop:", 5);
    double seconds = atof(words[5]), rate = !strncmp(mode, "open:", 5) || is_dropping ? atof(mode + 5) : 0;
    round_trips = malloc(capacity * 8);
    acknowledgements = malloc(capacity * 8);
    greetings = malloc(capacity * 8);
    others = malloc(capacity * 8);
    returns = malloc(conversations * 8 + 8);
    events = epoll_create1(0);

    mark("connecting");
    connect_all();
    mark("running");
    uint64_t begin = now(), next = begin;
    stop_at = begin + (uint64_t)(seconds * 1e9);
    if (!strcmp(mode, "closed")) {
        is_closed_loop = 1;
        for (int i = 0; i < talkers; i++) ask(&all[i]);
    }
    if (is_dropping) drop_and_resume(rate, seconds);
    for (int turn = 0; !is_dropping && now() < stop_at;) {
        for (; rate && next <= now(); next += 1e9 / rate) ask(&all[turn++ % talkers]);
        pump(rate ? 0 : 20);
    }
    double lasted = (now() - begin) / 1e9;
    uint64_t patience = now() + 3000000000ull;
    while (strcmp(mode, "idle") && strcmp(mode, "connect") && (long)trips * 2 < messages && now() < patience) pump(20);
    mark("over");
    printf("{\"connected\":%d,\"failed\":%d,\"refused\":%d,\"heartbeats\":%d,\"seconds\":%.3f,\"messages\":%ld,\"unanswered\":%ld", ready, failed,
           refused, heartbeats, lasted, messages, messages / 2 - (long)trips);
    print_times("roundTrip", round_trips, trips);
    print_times("acknowledgement", acknowledgements, acks);
    print_times("welcome", greetings, greeted);
    if (is_dropping) print_drop();
    print_times("resumed", returns, back);
    print_times("others", others, heard_others);
    puts("}");
}
