/// The chat on a company's own site: customers hold a live connection, so nothing is pushed.
package struct WebChat: Channel {
    package let kind = "web"
    package let capabilities: Capabilities = [.images, .files, .voice, .typing, .receipts, .choices, .ratings, .live]

    package init() {}
}
