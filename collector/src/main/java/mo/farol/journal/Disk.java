package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The few things the journal asks of a disk, so that a test can be the disk and lose its power. */
interface Disk extends AutoCloseable {
  /** One file. */
  interface Handle extends AutoCloseable {
    /** Appends all remaining bytes. */
    void append(ByteBuffer bytes) throws IOException;

    /** Fills as much of the buffer as there is from a position on. */
    void read(ByteBuffer into, long position) throws IOException;

    /** Bytes in the file. */
    long size() throws IOException;

    /** Cuts the file. */
    void truncate(long size) throws IOException;

    /** Returns once every byte appended is on the disk: {@code fdatasync}. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Names of all files, sorted. */
  List<String> names() throws IOException;

  /** Opens an existing file to read, and to cut. */
  Handle open(String name) throws IOException;

  /** Makes an empty file whose name survives a power cut once {@link #forceNames} returned. */
  Handle create(String name) throws IOException;

  /** Returns once every name is on the disk. */
  void forceNames() throws IOException;

  /** Keeps bytes that can't be trusted apart. */
  void quarantine(String name, ByteBuffer bytes) throws IOException;

  @Override
  void close() throws IOException;
}
