// Made by `nightdesk calibrate`; see CalibrationRecipe and NOTICE.md. Do not edit.

extension Calibrator {
    static let chinese = Calibrator(
        right: Curve(
            intercept: -2.6304,
            weights: [1.2258, 0.1391, -0.3207, -1.2156, -0.3835, 0.4060, 12.7122, -7.9728, 0.1274, -0.3670, 0.0000, 0.0000]
        ),
        amongThree: Curve(
            intercept: -2.0286,
            weights: [1.1564, -0.0393, -0.2807, -0.3611, 0.4095, 0.1579, 13.6701, -8.1984, -0.0152, -0.4825, 0.0000, 0.0000]
        )
    )

    static let english = Calibrator(
        right: Curve(
            intercept: -1.9455,
            weights: [0.6646, 0.1782, -0.1623, 2.7987, -0.6271, 0.4376, 1.0543, 1.1303, 0.6340, -0.4739, -0.8525, 3.8351]
        ),
        amongThree: Curve(
            intercept: 0.9204,
            weights: [0.6197, 0.0861, -0.1200, 2.8833, -0.2340, 0.2067, -4.4118, 5.0344, 0.4576, -0.6530, -0.0053, 2.5103]
        )
    )
}
