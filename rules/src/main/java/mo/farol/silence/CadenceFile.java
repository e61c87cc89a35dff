package mo.farol.silence;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import mo.farol.disk.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is usual of every source, in a file beside that of the sources. */
final class CadenceFile {
  private static final Logger LOG = LoggerFactory.getLogger(CadenceFile.class);
  private static final int MARK = 0x46434432;
  private static final int OLDER = 0x46434431;

  /** Gives the source that a name means; a new one where it is not known. */
  interface Known {
    Cadence of(String agency, String host);
  }

  private CadenceFile() {}

  static byte[] encode(Collection<Heard> sources) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(MARK);
      out.writeInt(sources.size());
      for (var each : sources) {
        out.writeUTF(each.source.agency());
        out.writeUTF(each.source.host());
        each.cadence.write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory has no faults", e);
    }
    return bytes.toByteArray();
  }

  static void write(Path file, byte[] bytes) {
    try {
      AtomicFile.replace(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write what is usual of the sources to " + file, e);
    }
  }

  // What is lost with a damaged file is learned again from traffic.
  static void read(Path file, Known known) {
    if (!Files.exists(file)) {
      return;
    }
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int mark = in.readInt();
      if (mark != MARK && mark != OLDER) {
        throw new IOException("it is of another kind");
      }
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        known.of(in.readUTF(), in.readUTF()).read(in, mark == OLDER);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "what is usual of the sources can't be read from {} and is learned anew: {}",
          file,
          e.getMessage());
    }
  }
}
