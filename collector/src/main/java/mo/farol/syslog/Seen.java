package mo.farol.syslog;

import mo.farol.event.FrameBatch;
import mo.farol.wire.Counts;

/** Frames by what ended them, since they were last told. */
final class Seen {
  private long counted;
  private long countedLineFeed;
  private long lineFeed;
  private long nul;
  private long undelimited;
  private long partial;
  private long badCounts;

  void counted(boolean endsInLineFeed) {
    if (endsInLineFeed) {
      countedLineFeed++;
    } else {
      counted++;
    }
  }

  void delimited(byte end) {
    if (end == 0) {
      nul++;
    } else {
      lineFeed++;
    }
  }

  void undelimited() {
    undelimited++;
  }

  /** A frame ended with the connection, or with the sender's pause. */
  void unended(byte mark) {
    if (mark == FrameBatch.PARTIAL) {
      partial++;
    } else {
      undelimited++;
    }
  }

  /** A frame on a counting connection did not begin with a count. */
  void badCount() {
    badCounts++;
  }

  void tell(Counts counts) {
    tell(counts, "octet", counted);
    tell(counts, "octet-lf", countedLineFeed);
    tell(counts, "lf", lineFeed);
    tell(counts, "nul", nul);
    tell(counts, "none", undelimited);
    tell(counts, "partial", partial);
    if (badCounts > 0) {
      counts.refused("octet-count", badCounts);
    }
    counted = 0;
    countedLineFeed = 0;
    lineFeed = 0;
    nul = 0;
    undelimited = 0;
    partial = 0;
    badCounts = 0;
  }

  private static void tell(Counts counts, String kind, long frames) {
    if (frames > 0) {
      counts.framed(kind, frames);
    }
  }
}
