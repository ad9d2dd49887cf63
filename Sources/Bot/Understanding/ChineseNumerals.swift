/// Numbers written in Chinese made digits, so that 七天 and 7天, 二十四小时 and 24小时 are the same question.
enum ChineseNumerals {
    private static let digits: [Unicode.Scalar: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let multipliers: [Unicode.Scalar: Int] = ["十": 10, "百": 100, "千": 1000]

    /// What is no number stays as it is: 万一, 千万.
    static func replaced(in text: String) -> String {
        guard text.unicodeScalars.contains(where: isPart) else { return text }
        var result = String.UnicodeScalarView()
        var run: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if isPart(scalar) {
                run.append(scalar)
                continue
            }
            result.append(contentsOf: digits(for: run))
            run = []
            result.append(scalar)
        }
        result.append(contentsOf: digits(for: run))
        return String(result)
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        digits[scalar] != nil || multipliers[scalar] != nil || scalar == "万" || scalar == "亿"
    }

    private static func digits(for run: [Unicode.Scalar]) -> [Unicode.Scalar] {
        if run.isEmpty { return run }
        if run.allSatisfy({ digits[$0] != nil }) { return run.flatMap { Array(String(digits[$0]!).unicodeScalars) } }
        return value(of: run).map { Array(String($0).unicodeScalars) } ?? run
    }

    /// 三千五 is 3500: a digit at the end counts in the next smaller unit.
    private static func value(of run: [Unicode.Scalar]) -> Int? {
        var (total, section, digit, unit) = (0, 0, nil as Int?, 1)
        for (place, scalar) in run.enumerated() {
            if let value = digits[scalar] {
                guard digit == nil || digit == 0 else { return nil }
                digit = value
                if value == 0 { unit = 1 }
            } else if let multiplier = multipliers[scalar] {
                guard let times = digit ?? (multiplier == 10 && place == 0 ? 1 : nil) else { return nil }
                section += times * multiplier
                (digit, unit) = (nil, multiplier / 10)
            } else {
                let large = scalar == "万" ? 10_000 : 100_000_000
                section += digit ?? 0
                guard section > 0, total < large else { return nil }
                total += section * large
                (section, digit, unit) = (0, nil, large / 10)
            }
        }
        return total + section + (digit ?? 0) * unit
    }
}
