/// What a page may load and who may frame it (Content Security Policy level 3, with Trusted Types): nothing inline,
/// nothing from elsewhere, no text turned into markup.
package struct ContentPolicy: Sendable {
    /// The sites that may show the page in a frame; `*` for all of them, none by default.
    package var frameAncestors: [String]
    /// Names of the page's own Trusted Types policies.
    package var trustedTypes: [String]

    /// Other sites whose pictures the page may show.
    package var images: [String]

    package init(frameAncestors: [String] = [], trustedTypes: [String] = [], images: [String] = []) {
        (self.frameAncestors, self.trustedTypes, self.images) = (frameAncestors, trustedTypes, images)
    }

    var header: String {
        [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
            (["img-src 'self' blob: data:"] + images).joined(separator: " "),
            "media-src 'self' blob:", "font-src 'self'", "frame-src 'self'", "worker-src 'self'", "manifest-src 'self'",
            "base-uri 'none'", "form-action 'self'",
            "frame-ancestors " + (frameAncestors.isEmpty ? "'none'" : frameAncestors.joined(separator: " ")),
            "require-trusted-types-for 'script'",
            "trusted-types " + (trustedTypes.isEmpty ? "'none'" : trustedTypes.joined(separator: " ")),
        ].joined(separator: "; ")
    }
}
