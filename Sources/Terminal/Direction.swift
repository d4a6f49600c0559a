extension Unicode.Scalar {
  /// Whether it is a letter of a script that runs from right to left: Hebrew, Arabic, Syriac, Thaana,
  /// NKo and their relatives.
  var isRightToLeft: Bool {
    switch value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      true
    default: false
    }
  }
}
