package mo.farol.decision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import mo.farol.alert.Asset;
import mo.farol.alert.AssetFile;
import mo.farol.alert.AssetTable;
import mo.farol.alert.Assets;
import mo.farol.disk.AtomicFile;
import mo.farol.event.Scope;
import mo.farol.incident.Conflict;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Where;

/**
 * What agencies have, in one table of the home that people edit here or in its file; each change
 * made here is a deed, which stands in the ledger before the file says it. Any thread.
 */
public final class AssetBook implements Supplier<Assets> {
  private static final String ALL = "*";
  private static final int SHARE = 1_000;

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
   * Adds one. People of agencies add up to 1,000 rows of one; the centre goes beyond.
   *
   * @throws Conflict where it is there
   * @throws IllegalArgumentException where there is no room for it; nothing is written then
   */
  public synchronized void add(Asset asset, String by, Scope scope) {
    must(asset.agency(), scope);
    var key = AssetTable.Key.of(asset);
    var table = table();
    if (table.find(key).isPresent()) {
      throw new Conflict(key + " is there already; change it");
    }
    mustHaveRoom(table, asset.agency(), scope);
    String text = table.with(asset);
    deeds.record(by, "asset.added", key.toString(), said(asset));
    write(text);
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
    String text = table.changed(asset);
    deeds.record(by, "asset.changed", key.toString(), said(before) + " -> " + said(asset));
    write(text);
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
    String text = table.without(key);
    deeds.record(by, "asset.removed", key.toString(), said(before));
    write(text);
  }

  private static void must(String agency, Scope scope) {
    if (!mayChange(agency, scope)) {
      throw new IllegalArgumentException(
          "only the centre changes what all agencies have, and nobody what an agency has that"
              + " they don't see");
    }
  }

  // One agency must not fill the table of all.
  private static void mustHaveRoom(AssetTable table, String agency, Scope scope) {
    if (!(scope instanceof Scope.National) && table.count(agency) >= SHARE) {
      throw new IllegalArgumentException(
          "%s has 1,000 assets, which is what its people may add; take out what is needed no more, say hosts with a * or a network, or ask the centre"
              .formatted(agency));
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
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + "; see to the disk and try again", e);
    }
    read.changed();
  }
}
