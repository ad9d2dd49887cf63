// Made by `nightdesk calibrate`; see CalibrationRecipe and NOTICE.md. Do not edit.

extension Calibrator {
    static let chinese = Calibrator(
        right: Curve(
            intercept: -2.6815,
            weights: [0.7239, 0.3495, -0.0734, -1.4714, 0.1899, 0.2260, 14.7740, -9.1630, 0.1006, -0.3655, -0.5812]
        ),
        amongThree: Curve(
            intercept: -1.8461,
            weights: [0.8259, 0.1068, -0.1164, -0.4236, 0.6334, 0.0365, 14.6144, -8.8139, -0.0515, -0.4932, -0.3784]
        )
    )

    static let english = Calibrator(
        right: Curve(
            intercept: -2.9161,
            weights: [0.6883, 0.2091, -0.1237, 4.9889, -1.3848, 0.3958, 8.0138, -4.5777, 0.7621, -0.4916, -0.5614]
        ),
        amongThree: Curve(
            intercept: -0.9336,
            weights: [0.4246, 0.1600, 0.0967, 5.9316, -1.2774, 0.0190, 4.7272, -1.9360, 0.6299, -0.6433, -0.6072]
        )
    )
}
