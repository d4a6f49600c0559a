import Glibc
import Terminal
import Testing

@Suite("Theme") struct ThemeTests {
  @Test func withoutColoursOnlyAttributesAreLeft() {
    for theme in Theme.allCases {
      for role in Role.allCases {
        #expect(theme.style(for: role, depth: .none) == Style(attributes: role.attributes))
      }
    }
  }

  @Test func everyPairOfColoursCanBeRead() {
    for theme in Theme.allCases where theme != .neutral {
      for role in Role.allCases {
        let style = theme.style(for: role, depth: .many)
        var foreground = style.foreground.rgb ?? theme.canvas.foreground
        var background = style.background.rgb ?? theme.canvas.background
        if style.attributes.contains(.reverse) { swap(&foreground, &background) }
        #expect(contrast(foreground, background) >= 4.5, "\(theme) \(role)")
      }
    }
  }

  /// What a terminal that answers nothing is drawn with: WCAG asks for 4.5, and no colour has more
  /// than 4.58 on both black and white.
  @Test func neutralColoursCanBeReadOnBothGrounds() {
    for role in Role.allCases {
      let style = Theme.neutral.style(for: role, depth: .many)
      guard let foreground = style.foreground.rgb else { continue }
      guard style.background == .standard else {
        let background = style.background.rgb ?? RGB(0, 0, 0)
        #expect(contrast(foreground, background) >= 4.5, "\(role)")
        continue
      }
      for ground in [RGB(0, 0, 0), RGB(255, 255, 255)] {
        #expect(contrast(foreground, ground) >= 4.45, "\(role) on \(ground.hex)")
      }
    }
  }

  /// Grounds that are in use beside black and white: Solarized, and a light grey.
  @Test func theThemesCanBeReadOnTheirUsualGrounds() {
    let grounds: [(Theme, RGB)] = [
      (.dark, RGB(0, 43, 54)), (.dark, RGB(40, 42, 54)), (.light, RGB(253, 246, 227)),
      (.light, RGB(238, 238, 238)),
    ]
    for (theme, ground) in grounds {
      for role in Role.allCases {
        let style = theme.style(for: role, depth: .many)
        guard let foreground = style.foreground.rgb, style.background == .standard else { continue }
        #expect(contrast(foreground, ground) >= 4.5, "\(theme) \(role) on \(ground.hex)")
      }
    }
  }

  @Test func eightColoursUseNoBrightOnes() {
    for theme in Theme.allCases {
      for role in Role.allCases {
        let style = theme.style(for: role, depth: .eight)
        for case .palette(let index) in [style.foreground, style.background] {
          #expect(index < 8, "\(theme) \(role)")
        }
        #expect(style.foreground == .standard || style.foreground != style.background)
      }
    }
  }

  @Test func whatMustStandOutDoesSoWithoutColour() {
    for role in [Role.selected, .danger, .overdue, .warning, .error, .statusBar, .marked] {
      #expect(!role.attributes.isEmpty, "\(role)")
    }
  }

  /// The contrast ratio of WCAG 2.
  private func contrast(_ first: RGB, _ second: RGB) -> Double {
    let lights = [luminance(first), luminance(second)].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private func luminance(_ color: RGB) -> Double {
    func linear(_ value: UInt8) -> Double {
      let part = Double(value) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }
}
