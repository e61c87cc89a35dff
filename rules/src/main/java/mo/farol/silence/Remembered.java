package mo.farol.silence;

/** What a restart must not forget of a source; times in microseconds. */
record Remembered(
    String agency,
    String host,
    String input,
    long firstAt,
    long lastAt,
    long lastSequence,
    long events,
    long rejected,
    long repeated,
    long skewMicros,
    long missing,
    long lastNumber,
    double longestMicros,
    boolean told) {}
