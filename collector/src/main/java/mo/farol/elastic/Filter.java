package mo.farol.elastic;

/**
 * What of a bulk answer is wanted: {@code filter_path}, as far as shippers use it.
 *
 * @param full whole items rather than their status alone
 */
record Filter(boolean took, boolean errors, boolean status, boolean full) {
  private static final Filter ALL = new Filter(true, true, true, true);

  static Filter of(String path) {
    if (path.isEmpty() || path.startsWith("-")) {
      return ALL;
    }
    var filter = new Filter(false, false, false, false);
    for (String one : path.split(",", -1)) {
      filter = filter.with(one.strip());
    }
    return filter;
  }

  boolean hasItems() {
    return status || full;
  }

  boolean isFull() {
    return full;
  }

  /** The same, but whether something failed and which items did is shown in any case. */
  Filter withStatus() {
    return new Filter(took, true, true, full);
  }

  // An item's error is there only where some are not kept, and then shown anyway.
  private Filter with(String one) {
    return switch (one) {
      case "took" -> new Filter(true, errors, status, full);
      case "errors" -> new Filter(took, true, status, full);
      case "*", "**" -> ALL;
      default -> {
        boolean item = one.startsWith("items");
        boolean isStatus = item && one.endsWith(".status");
        boolean isError = item && one.contains(".error");
        yield new Filter(took, errors, status || isStatus, full || item && !isStatus && !isError);
      }
    };
  }
}
