package mo.farol.centre;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Farol's own log: one JSON object a line in {@code log/farol.jsonl} of the home, kept to 6 files
 * of 16 MiB.
 */
public final class Logging {
  // Lucene speaks java.util.logging; what it says at start is advice about JVM flags.
  private static final java.util.logging.Logger LUCENE =
      java.util.logging.Logger.getLogger("org.apache.lucene");

  private Logging() {}

  /** Keeps a library's advice about flags out of what a command prints. */
  public static void quiet() {
    LUCENE.setLevel(java.util.logging.Level.SEVERE);
  }

  /**
   * Sends the log to the home's folder, at this level for our own rooms and at warnings for
   * libraries.
   */
  static void into(Path folder, String level) {
    quiet();
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithNanoseconds(false);
    encoder.start();
    var appender = new RollingFileAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("farol");
    appender.setFile(folder.resolve("farol.jsonl").toString());
    appender.setEncoder(encoder);
    roll(appender, context, folder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    context
        .getLogger("mo.farol")
        .setLevel(Level.toLevel(level.toUpperCase(Locale.ROOT), Level.INFO));
  }

  private static void roll(
      RollingFileAppender<ILoggingEvent> appender, LoggerContext context, Path folder) {
    var names = new FixedWindowRollingPolicy();
    names.setContext(context);
    names.setParent(appender);
    names.setFileNamePattern(folder.resolve("farol.%i.jsonl").toString());
    names.setMinIndex(1);
    names.setMaxIndex(5);
    names.start();
    var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    size.setContext(context);
    size.setMaxFileSize(FileSize.valueOf("16MB"));
    size.start();
    appender.setRollingPolicy(names);
    appender.setTriggeringPolicy(size);
  }
}
