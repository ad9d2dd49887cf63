import Foundation

/// OpenSSL's sample server with a certificate of its own for a host, on a free port; the body gets the certificate's file.
func withSecureServer(named host: String, _ body: (Int, String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "secure-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (key, certificate) = ("\(folder)/key.pem", "\(folder)/certificate.pem")
    let making = try openSSL([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)",
        "-keyout", key, "-out", certificate,
    ])
    making.waitUntilExit()

    let output = Pipe()
    let server = try openSSL(["s_server", "-www", "-accept", "127.0.0.1:0", "-key", key, "-cert", certificate], output)
    // It is born with our signal mask, in which a milder one may be held back.
    defer { kill(server.processIdentifier, SIGKILL) }
    try await body(port(saidBy: output.fileHandleForReading), certificate)
}

/// It says `ACCEPT 127.0.0.1:43675`.
private func port(saidBy output: FileHandle) throws -> Int {
    var said = ""
    while true {
        let more = output.availableData
        guard !more.isEmpty else { throw CocoaError(.fileReadUnknown) }
        said += String(decoding: more, as: UTF8.self)
        if let port = said.firstMatch(of: /ACCEPT \S+:(\d+)\n/)?.1 { return Int(port)! }
    }
}

private func openSSL(_ arguments: [String], _ output: Any = FileHandle.nullDevice) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    (process.arguments, process.standardOutput, process.standardError) = (arguments, output, FileHandle.nullDevice)
    try process.run()
    return process
}
