import Basics
import Testing

@testable import Channels

/// The beginnings of files of each kind.
enum Sample {
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(repeating: 0, count: 40)
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10] + Array("JFIF".utf8)
    static let svg = Array(#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.utf8)
    static let html = Array("<!doctype html><script>fetch('/api/me')</script>".utf8)
    static let program: [UInt8] = [0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0]
    static let gbk: [UInt8] = [0xC4, 0xFA, 0xBA, 0xC3, 0x2C, 0x31, 0x0A]
    static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0x14, 0]

    static func riff(_ form: String) -> [UInt8] { Array("RIFF".utf8) + [9, 0, 0, 0] + Array(form.utf8) }
    static func box(_ brand: String) -> [UInt8] { [0, 0, 0, 0x20] + Array("ftyp\(brand)".utf8) + [0, 0, 0, 0] }
    static func matroska(_ codec: String) -> [UInt8] { [0x1A, 0x45, 0xDF, 0xA3, 0x9F] + Array("webm\u{86}\(codec)".utf8) }
    static func ogg(_ codec: String) -> [UInt8] { Array("OggS".utf8) + Array(repeating: 0, count: 24) + Array(codec.utf8) }
    static func office(_ part: String) -> [UInt8] { zip + Array("[Content_Types].xml".utf8) + [0, 1] + Array(part.utf8) }
}

@Suite struct FileTypeTests {
    @Test(
        arguments: [
            (Sample.png, "image/png"), (Sample.jpeg, "image/jpeg"), (Array("GIF89a123".utf8), "image/gif"),
            (Sample.riff("WEBPVP8 "), "image/webp"), (Sample.riff("WAVEfmt "), "audio/wav"),
            (Array("%PDF-1.7\n".utf8), "application/pdf"),
            (Array("ID3\u{4}".utf8) + [0], "audio/mpeg"), ([0xFF, 0xFB, 0x90, 0], "audio/mpeg"),
            (Sample.ogg("OpusHead"), "audio/ogg"),
            (Sample.ogg("\u{80}theora"), "video/ogg"), (Sample.matroska("A_OPUS"), "audio/webm"),
            (Sample.matroska("V_VP9"), "video/webm"),
            (Sample.box("M4A "), "audio/mp4"), (Sample.box("isom"), "video/mp4"), (Sample.box("heic"), "image/heic"),
            (Sample.zip, "application/zip"),
            (Sample.office("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (Sample.office("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], "application/x-ole-storage"),
            (Array("订单,金额\n1,2\n".utf8), "text/plain; charset=utf-8"), (Sample.svg, "text/plain; charset=utf-8"),
            (Sample.html, "text/plain; charset=utf-8"), (Sample.gbk, "application/octet-stream"),
            ([0, 1, 2, 3], "application/octet-stream"),
            (Array("MZ is how this letter begins".utf8), "text/plain; charset=utf-8"),
        ] as [([UInt8], String)])
    func `a type is told by the content`(content: [UInt8], type: String) throws {
        #expect(try FileType(of: content).mediaType == type)
    }

    @Test(arguments: [Sample.program, [0x7F, 0x45, 0x4C, 0x46, 2, 1], [0xCF, 0xFA, 0xED, 0xFE, 7]])
    func `programs are refused`(content: [UInt8]) {
        #expect(throws: Refusal(.unsupported, "attachment.program")) { try FileType(of: content) }
    }

    @Test func `an empty file is refused`() {
        #expect(throws: Refusal(.invalid, "attachment.empty")) { try FileType(of: []) }
    }

    @Test func `nothing that can hold a script is shown in place`() {
        for type in FileType.all where type.isShownInPlace {
            #expect(type.mediaType.hasPrefix("image/") || type.mediaType.hasPrefix("audio/"))
            #expect(!type.mediaType.contains("svg") && !type.mediaType.contains("xml"))
        }
    }
}

@Suite struct FileNameTests {
    @Test(
        arguments: [
            ("photo.png", FileType.png, "photo.png"), ("IMG_1.JPEG", .jpeg, "IMG_1.JPEG"), ("photo.png", .jpeg, "photo.png.jpg"),
            ("invoice.pdf", .text, "invoice.pdf.txt"), ("photo.png", .text, "photo.png.txt"), ("report", .pdf, "report.pdf"),
            ("logo.svg", .text, "logo.svg.txt"), ("page.HTML", .text, "page.HTML.txt"), ("invoice.js", .text, "invoice.js.txt"),
            ("run.bat", .text, "run.bat.txt"), ("data.csv", .text, "data.csv"), ("data.csv", .unknown, "data.csv"),
            ("app.log", .text, "app.log"),
            ("movie.png", .unknown, "movie.png.bin"), ("../../etc/passwd", .text, "passwd.txt"),
            (#"C:\Users\li\合同.docx"#, .word, "合同.docx"),
            ("a\u{202E}gpj.exe", .text, "agpj.exe.txt"), ("..png", .png, "png.png"), ("\u{200B}.png", .png, "png.png"),
            ("", .png, "file.png"),
            ("a\"b\r\nSet-Cookie: x.png", .png, "ab Set-Cookie x.png"), ("/", .zip, "file.zip"), ("x.png ", .png, "x.png"),
        ] as [(String, FileType, String)])
    func `a name is plain and its ending true`(name: String, type: FileType, cleaned: String) {
        #expect(FileName.cleaned(name, for: type) == cleaned)
    }

    @Test func `a long name keeps its ending`() {
        let name = FileName.cleaned(String(repeating: "长", count: 500) + ".pdf", for: .pdf)
        #expect(name.hasSuffix("长.pdf") && name.count == 124)
    }
}
