package mo.farol.window;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that windows are kept in: a mark, the key of the hashes, the sequence, the rules with
 * what they mean, the lanes with their tables and groups; at its end a CRC-32C of it all.
 */
final class Snapshot {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);
  private static final long MARK = 0x4641524F4C570003L; // FAROLW, version 3
  private static final int TRAILER = Long.BYTES;
  private static final int BUFFER = 1 << 16;

  /**
   * What was read.
   *
   * @param next sequence of the first event that is not in it
   * @param rules those it covers: as they are in force
   */
  record Restored(long next, Set<CompiledCorrelation> rules, List<Lane> lanes) {}

  private final Optional<Path> file;
  private final Map<String, CompiledCorrelation> rules;
  private final boolean sound;
  private final SipHash hash;
  private boolean failed;

  Snapshot(Optional<Path> file, Map<String, CompiledCorrelation> rules) {
    this.file = file;
    this.rules = rules;
    sound = file.isPresent() && Files.exists(file.get()) && isSound(file.get());
    hash = key();
  }

  /** Keyed as what was kept is, so that values are known again. */
  SipHash hash() {
    return hash;
  }

  private SipHash key() {
    if (sound && file.isPresent()) {
      try (var in = open(file.get())) {
        in.readLong();
        return new SipHash(in.readLong(), in.readLong());
      } catch (IOException e) {
        LOG.warn("the windows kept in {} can't be read: {}", file.get(), e.getMessage());
      }
    }
    var random = new SecureRandom();
    return new SipHash(random.nextLong(), random.nextLong());
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
  }

  private static boolean isSound(Path file) {
    var crc = new CRC32C();
    try (var in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER), crc))) {
      long left = Files.size(file) - TRAILER;
      boolean marked = left > Long.BYTES && in.readLong() == MARK;
      in.skipNBytes(Math.max(0, left - Long.BYTES));
      long reckoned = crc.getValue();
      if (marked && in.readLong() == reckoned) {
        return true;
      }
    } catch (IOException e) {
      LOG.debug("reading {}", file, e);
    }
    LOG.warn(
        "the windows kept in {} are damaged or of another version of Farol: correlations begin with"
            + " what the journal says of the last hours",
        file);
    return false;
  }

  @Nullable Restored read(long limit, Workshop shop) {
    if (!sound || file.isEmpty()) {
      return null;
    }
    try (var in = open(file.get())) {
      in.skipNBytes(3L * Long.BYTES);
      long next = in.readLong();
      if (next > limit) {
        LOG.warn(
            "the windows kept in {} know events up to {}, the alerts only up to {}: they are left"
                + " out, and correlations begin with what the journal says of the last hours",
            file.get(),
            next,
            limit);
        return null;
      }
      return new Restored(next, readRules(in), readLanes(in, shop));
    } catch (IOException | RuntimeException e) {
      LOG.warn("the windows kept in {} can't be read and are left out", file.get(), e);
      return null;
    }
  }

  private Set<CompiledCorrelation> readRules(DataInputStream in) throws IOException {
    var known = new HashSet<CompiledCorrelation>();
    for (int left = in.readInt(); left > 0; left--) {
      String id = in.readUTF();
      var rule = known(id, in.readUTF());
      if (rule != null) {
        known.add(rule);
      } else if (rules.containsKey(id)) {
        LOG.warn(
            "the correlation {} means something else than when its windows were kept: it begins"
                + " with what the journal says of the last hours",
            id);
      }
    }
    return known;
  }

  private @Nullable CompiledCorrelation known(String id, String version) {
    var rule = rules.get(id);
    return rule != null && rule.version().equals(version) ? rule : null;
  }

  private List<Lane> readLanes(DataInputStream in, Workshop shop) throws IOException {
    var lanes = new ArrayList<Lane>();
    for (int left = in.readInt(); left > 0; left--) {
      var lane = new Lane(new Lane.Key(in.readUTF(), in.readUTF(), in.readBoolean()), shop);
      lane.readClocks(in);
      for (int tables = in.readInt(); tables > 0; tables--) {
        var rule = known(in.readUTF(), in.readUTF());
        if (rule == null) {
          Groups.skip(in);
        } else {
          lane.table(rule).read(in);
        }
      }
      lanes.add(lane);
    }
    return lanes;
  }

  void write(long next, Collection<Lane> lanes) {
    if (file.isEmpty()) {
      return;
    }
    var draft = file.get().resolveSibling(file.get().getFileName() + ".new");
    try {
      write(draft, next, lanes);
      Files.move(
          draft, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.error("can't keep the windows in {}: a restart would begin with older ones", file, e);
      }
      failed = true;
    }
  }

  private void write(Path draft, long next, Collection<Lane> lanes) throws IOException {
    var crc = new CRC32C();
    try (var bytes = new FileOutputStream(draft.toFile());
        var out =
            new DataOutputStream(
                new BufferedOutputStream(new CheckedOutputStream(bytes, crc), BUFFER))) {
      out.writeLong(MARK);
      out.writeLong(hash.k0());
      out.writeLong(hash.k1());
      out.writeLong(next);
      out.writeInt(rules.size());
      for (var rule : rules.entrySet()) {
        out.writeUTF(rule.getKey());
        out.writeUTF(rule.getValue().version());
      }
      out.writeInt(lanes.size());
      for (Lane lane : lanes) {
        lane.write(out);
      }
      out.flush();
      out.writeLong(crc.getValue());
      out.flush();
      bytes.getFD().sync();
    }
  }
}
