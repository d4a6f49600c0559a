@main
enum Main {
  static func main() {
    print("ticket-console")
  }
}
