package mo.farol.decision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.function.Supplier;
import mo.farol.alert.Asset;
import mo.farol.alert.AssetFile;
import mo.farol.alert.AssetTable;
import mo.farol.alert.Assets;
import mo.farol.event.Scope;
import mo.farol.incident.Conflict;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Where;

/**
 * What agencies have, in one table of the home that people edit here or in its file; each change
 * made here is a deed. Any thread.
 */
public final class AssetBook implements Supplier<Assets> {
  private static final String ALL = "*";

  private final Path file;
  private final AssetFile read;
  private final Deeds deeds;

  public AssetBook(Path file, Deeds deeds, InstantSource clock) {
    this.file = file;
    this.deeds = deeds;
    read = new AssetFile(file, clock);
  }

  @Override
  public Assets get() {
    return read.get();
  }

  /** Whether somebody of a scope may change what an agency has. */
  public static boolean mayChange(String agency, Scope scope) {
    return agency.equals(ALL) ? scope instanceof Scope.National : Where.sees(scope, agency);
  }

  /**
   * Adds one.
   *
   * @throws Conflict where it is there
   */
  public synchronized void add(Asset asset, String by, Scope scope) {
    must(asset.agency(), scope);
    var key = AssetTable.Key.of(asset);
    var table = table();
    if (table.find(key).isPresent()) {
      throw new Conflict(key + " is there already; change it");
    }
    write(table.with(asset));
    deeds.record(by, "asset.added", key.toString(), said(asset));
  }

  /**
   * Changes how critical one is, its owner or service.
   *
   * @throws Conflict where it is not there any more
   */
  public synchronized void change(Asset asset, String by, Scope scope) {
    must(asset.agency(), scope);
    var key = AssetTable.Key.of(asset);
    var table = table();
    var before = known(table, key);
    write(table.changed(asset));
    deeds.record(by, "asset.changed", key.toString(), said(before) + " -> " + said(asset));
  }

  /**
   * Takes one out.
   *
   * @throws Conflict where it is not there any more
   */
  public synchronized void remove(AssetTable.Key key, String by, Scope scope) {
    must(key.agency(), scope);
    var table = table();
    var before = known(table, key);
    write(table.without(key));
    deeds.record(by, "asset.removed", key.toString(), said(before));
  }

  private static void must(String agency, Scope scope) {
    if (!mayChange(agency, scope)) {
      throw new IllegalArgumentException(
          "only the centre changes what all agencies have, and nobody what an agency has that"
              + " they don't see");
    }
  }

  private static Asset known(AssetTable table, AssetTable.Key key) {
    return table
        .find(key)
        .orElseThrow(() -> new Conflict(key + " is not there any more; read the list again"));
  }

  private static String said(Asset asset) {
    return "criticality %d, owner '%s', service '%s'"
        .formatted(asset.criticality(), asset.owner(), asset.service());
  }

  private AssetTable table() {
    try {
      return AssetTable.of(Files.exists(file) ? Files.readString(file) : "");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s can't be read: %s; see that it is UTF-8".formatted(file.getFileName(), e), e);
    }
  }

  private void write(String text) {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + "; see to the disk and try again", e);
    }
    read.changed();
  }
}
