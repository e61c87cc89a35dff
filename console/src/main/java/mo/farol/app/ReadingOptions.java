package mo.farol.app;

import picocli.CommandLine.Option;

/** How lines are read: {@code --format}, {@code --year}, {@code --zone}. */
final class ReadingOptions {
  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "",
      description = "parser to use instead of detecting one, or several joined by +")
  private String format;

  @Option(
      names = "--year",
      paramLabel = "Y",
      defaultValue = "0",
      description = "year of dates without one")
  private int year;

  @Option(
      names = "--zone",
      paramLabel = "Z",
      defaultValue = "UTC",
      description = "zone of dates without one")
  private String zone;

  /** The parsers asked for, empty to detect; a usage error where one is unknown. */
  String format() {
    return Formats.check(format);
  }

  /** 0 to guess. */
  int year() {
    return year;
  }

  /** A usage error where there is no such zone. */
  String zone() {
    return Zones.check(zone);
  }
}
