package import Basics
private import Dispatch

/// Looking through twenty megabytes takes a while: not on the threads that everybody shares.
private let recognising = DispatchQueue(label: "attachments.recognising", attributes: .concurrent)

extension FileType {
    static func recognised(in content: [UInt8]) async throws -> FileType {
        try await withCheckedThrowingContinuation { continuation in
            recognising.async { continuation.resume(with: Result { try FileType(of: content) }) }
        }
    }
}

extension FileType {
    /// Recognises the content. Programs are refused: nobody needs to send one to a service desk.
    package init(of content: [UInt8]) throws(Refusal) {
        guard !content.isEmpty else { throw Refusal(.invalid, "attachment.empty") }
        guard !Self.isProgram(content) else { throw Refusal(.unsupported, "attachment.program") }
        self =
            Self.signatures.first { content.has($0.bytes, at: $0.offset) }?.type
            ?? Self.container(content) ?? (Self.isText(content) ? .text : .unknown)
    }

    private static let signatures: [(bytes: [UInt8], offset: Int, type: FileType)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, .png),
        ([0xFF, 0xD8, 0xFF], 0, .jpeg),
        (ascii("GIF87a"), 0, .gif), (ascii("GIF89a"), 0, .gif),
        (ascii("%PDF-"), 0, .pdf),
        (ascii("ID3"), 0, .mp3),
        ([0xFF, 0xFB], 0, .mp3), ([0xFF, 0xF3], 0, .mp3), ([0xFF, 0xF2], 0, .mp3), ([0xFF, 0xFA], 0, .mp3),
        ([0xFF, 0xF1], 0, .aac), ([0xFF, 0xF9], 0, .aac),
        (ascii("#!AMR"), 0, .amr),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, .oldOffice),
        ([0x1F, 0x8B, 0x08], 0, .gzip),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, .sevenZip),
        (ascii("Rar!\u{1A}\u{07}"), 0, .rar),
    ]

    /// Formats that share an envelope and tell inside what they hold.
    private static func container(_ content: [UInt8]) -> FileType? {
        if content.has(ascii("RIFF"), at: 0) { return riff(content) }
        if content.has(ascii("ftyp"), at: 4) { return mediaBox(brand: content.dropFirst(8).prefix(4)) }
        if content.has(ascii("OggS"), at: 0) { return content.prefix(4096).contains(ascii("theora")) ? .oggVideo : .ogg }
        if content.has([0x1A, 0x45, 0xDF, 0xA3], at: 0) { return matroska(content.prefix(4096)) }
        if content.has([0x50, 0x4B, 0x03, 0x04], at: 0) || content.has([0x50, 0x4B, 0x05, 0x06], at: 0) {
            return archive(content)
        }
        return nil
    }

    private static func riff(_ content: [UInt8]) -> FileType? {
        if content.has(ascii("WEBP"), at: 8) { return .webp }
        return content.has(ascii("WAVE"), at: 8) ? .wav : nil
    }

    private static func mediaBox(brand: ArraySlice<UInt8>) -> FileType {
        switch String(decoding: brand, as: UTF8.self) {
        case "M4A ", "M4B ": .m4a
        case "heic", "heix", "mif1", "msf1", "heim", "hevc": .heic
        default: .mp4
        }
    }

    private static func matroska(_ start: ArraySlice<UInt8>) -> FileType {
        // The names of picture codecs begin with "V_"; a voice message has none.
        ["V_VP", "V_AV1", "V_MPEG", "V_MS"].contains { start.contains(ascii($0)) } ? .webmVideo : .webmAudio
    }

    private static func archive(_ content: [UInt8]) -> FileType {
        // Names inside an archive are not compressed, so its main part shows: at its beginning, or in the list at its end.
        let names = Array(content.prefix(archiveNames) + content.suffix(archiveNames))
        guard names.contains(ascii("[Content_Types].xml")) else { return .zip }
        let parts: [(String, FileType)] = [
            ("word/document.xml", .word), ("xl/workbook.", .sheet), ("ppt/presentation.xml", .slides),
        ]
        return parts.first { names.contains(ascii($0.0)) }?.1 ?? .zip
    }

    private static let archiveNames = 64 * 1024

    private static func isProgram(_ content: [UInt8]) -> Bool {
        let starts: [[UInt8]] = [
            [0x4D, 0x5A], [0x7F, 0x45, 0x4C, 0x46], [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF],
            [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE],
        ]
        // "MZ" may also begin a text; a program is never one.
        return starts.contains { content.has($0, at: 0) } && !isText(content)
    }

    private static func isText(_ content: [UInt8]) -> Bool {
        content.allSatisfy { $0 >= 0x20 || [0x09, 0x0A, 0x0C, 0x0D].contains($0) }
            && String(validating: content, as: UTF8.self) != nil
    }

    private static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
}

extension [UInt8] {
    fileprivate func has(_ bytes: [UInt8], at offset: Int) -> Bool { dropFirst(offset).starts(with: bytes) }
}
