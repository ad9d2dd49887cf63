// Made by `nightdesk calibrate`; see CalibrationRecipe and NOTICE.md. Do not edit.

extension Calibrator {
    static let chinese = Calibrator(
        right: Curve(
            intercept: -3.0711,
            weights: [0.9684, 0.2855, -0.1934, -1.8254, 0.1843, 0.2061, 14.3765, -8.8511, 0.0483, -0.3555, -0.1591]
        ),
        amongThree: Curve(
            intercept: -1.6547,
            weights: [0.8778, 0.0191, -0.1496, -0.6309, 1.0941, 0.0199, 14.0135, -8.0853, -0.1010, -0.4843, -0.3096]
        )
    )

    static let english = Calibrator(
        right: Curve(
            intercept: -3.7121,
            weights: [0.8796, 0.3387, -0.2708, 4.4768, -1.1427, 0.2145, 8.7576, -5.1102, 0.6854, -0.4747, -0.2311]
        ),
        amongThree: Curve(
            intercept: -1.3225,
            weights: [0.6192, 0.0946, -0.0319, 5.9046, -1.2262, -0.0020, 5.3586, -2.3706, 0.6240, -0.6249, -0.4485]
        )
    )
}
