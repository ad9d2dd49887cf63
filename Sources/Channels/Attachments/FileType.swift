/// What a file is, told by its content; what its sender calls it counts for nothing.
package struct FileType: Hashable, Sendable {
    package let mediaType: String
    /// The endings that a file of this type may have, the usual one first.
    let endings: [String]
    /// Harmless enough for a browser to show in place. Everything else is only ever downloaded.
    package let isShownInPlace: Bool

    private init(_ mediaType: String, _ endings: String..., inPlace: Bool = false) {
        (self.mediaType, self.endings, isShownInPlace) = (mediaType, endings, inPlace)
    }

    static let png = Self("image/png", "png", inPlace: true)
    static let jpeg = Self("image/jpeg", "jpg", "jpeg", "jpe", "jfif", inPlace: true)
    static let gif = Self("image/gif", "gif", inPlace: true)
    static let webp = Self("image/webp", "webp", inPlace: true)
    static let heic = Self("image/heic", "heic", "heif")
    // A sandboxed page may not start the browsers' viewers, so documents are downloaded.
    static let pdf = Self("application/pdf", "pdf")
    static let mp3 = Self("audio/mpeg", "mp3", inPlace: true)
    static let ogg = Self("audio/ogg", "ogg", "oga", "opus", inPlace: true)
    static let wav = Self("audio/wav", "wav", inPlace: true)
    static let m4a = Self("audio/mp4", "m4a", inPlace: true)
    static let aac = Self("audio/aac", "aac", inPlace: true)
    static let amr = Self("audio/amr", "amr")
    static let webmAudio = Self("audio/webm", "webm", "weba", inPlace: true)
    static let webmVideo = Self("video/webm", "webm", "mkv")
    static let oggVideo = Self("video/ogg", "ogv")
    static let mp4 = Self("video/mp4", "mp4", "m4v", "mov", "3gp")
    static let zip = Self("application/zip", "zip")
    static let word = Self("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "docm")
    static let sheet = Self("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "xlsm")
    static let slides = Self("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx", "pptm")
    static let oldOffice = Self("application/x-ole-storage", "doc", "xls", "ppt", "msg", "wps", "et")
    static let gzip = Self("application/gzip", "gz", "tgz")
    static let sevenZip = Self("application/x-7z-compressed", "7z")
    static let rar = Self("application/vnd.rar", "rar")
    static let text = Self("text/plain; charset=utf-8", "txt")
    static let unknown = Self("application/octet-stream", "bin")

    static let all = [
        png, jpeg, gif, webp, heic, pdf, mp3, ogg, wav, m4a, aac, amr, webmAudio, webmVideo, oggVideo, mp4,
        zip, word, sheet, slides, oldOffice, gzip, sevenZip, rar, text, unknown,
    ]
}

extension FileType {
    /// Endings that only fit what we would have recognised: a file of another type that carries one lies.
    private static let claimed = Set(all.flatMap(\.endings)).subtracting(text.endings + unknown.endings)

    /// Endings that a double click turns into a running program or an active page.
    private static let active: Set<String> = [
        "app", "bat", "chm", "cmd", "com", "cpl", "desktop", "dll", "exe", "hta", "htm", "html", "inf", "iso", "jar", "js", "jse",
        "lnk", "mht", "mhtml", "mjs", "msc", "msi", "msp", "pif", "ps1", "psm1", "py", "reg", "scf", "scr", "sct", "sh", "shtml",
        "svg", "svgz", "url", "vb", "vbe", "vbs", "website", "wsc", "wsf", "wsh", "xht", "xhtml", "xml", "xsl", "xslt",
    ]

    func mayBeCalled(_ ending: String) -> Bool {
        if endings.contains(ending) { return true }
        let isOpen = self == .text || self == .unknown
        return isOpen && !Self.claimed.contains(ending) && !Self.active.contains(ending)
    }
}
