package mo.farol.store;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the segments of a day are merged: only neighbours, so that documents stay in order of
 * arrival; many at once, so that most events are written anew once a day; and never into a disk
 * that has no room for it, for what arrives needs the last of it.
 */
final class Merging extends FilterMergePolicy {
  private static final Logger LOG = LoggerFactory.getLogger(Merging.class);
  private static final int AT_ONCE = 24;
  private static final double LARGEST_MIB = 2048;

  private final Path folder;
  private final Ground ground;
  private final Meters meters;
  private boolean told;

  Merging(Path folder, Ground ground, Meters meters) {
    super(neighbours());
    this.folder = folder;
    this.ground = ground;
    this.meters = meters;
  }

  /** What runs the merges: one that fails is counted and told, and ends no thread with a cry. */
  ConcurrentMergeScheduler scheduler() {
    var scheduler =
        new ConcurrentMergeScheduler() {
          @Override
          protected void handleMergeException(Throwable failure) {
            meters.mergeFaults().increment();
            LOG.warn(
                "a merge in {} failed; the index goes on from its last commit", folder, failure);
          }
        };
    scheduler.setMaxMergesAndThreads(4, 1);
    scheduler.disableAutoIOThrottle();
    return scheduler;
  }

  @Override
  public @Nullable MergeSpecification findMerges(
      MergeTrigger trigger, SegmentInfos all, MergeContext context) throws IOException {
    return fitting(super.findMerges(trigger, all, context));
  }

  @Override
  public @Nullable MergeSpecification findForcedMerges(
      SegmentInfos all,
      int most,
      java.util.Map<SegmentCommitInfo, Boolean> some,
      MergeContext context)
      throws IOException {
    return fitting(super.findForcedMerges(all, most, some, context));
  }

  @Override
  public @Nullable MergeSpecification findFullFlushMerges(
      MergeTrigger trigger, SegmentInfos all, MergeContext context) throws IOException {
    return fitting(super.findFullFlushMerges(trigger, all, context));
  }

  private synchronized @Nullable MergeSpecification fitting(@Nullable MergeSpecification wanted)
      throws IOException {
    if (wanted == null) {
      return null;
    }
    long room = ground.roomBytes(folder);
    var some = new MergeSpecification();
    for (var merge : wanted.merges) {
      long bytes = bytes(merge);
      if (bytes + bytes / 4 <= room) {
        some.add(merge);
        told = false;
      } else {
        putOff(bytes, room);
      }
    }
    return some.merges.isEmpty() ? null : some;
  }

  private static long bytes(OneMerge merge) throws IOException {
    long bytes = 0;
    for (var segment : merge.segments) {
      bytes += segment.sizeInBytes();
    }
    return bytes;
  }

  private void putOff(long bytes, long room) {
    meters.mergesPutOff().increment();
    if (!told) {
      LOG.warn(
          "{} MiB of {} are not merged, for the disk has {} MiB to give: free space; events are"
              + " indexed and found meanwhile, somewhat slower",
          bytes >> 20,
          folder,
          Math.max(0, room) >> 20);
      told = true;
    }
  }

  private static MergePolicy neighbours() {
    var policy = new LogByteSizeMergePolicy();
    policy.setMergeFactor(AT_ONCE);
    policy.setMaxMergeMB(LARGEST_MIB);
    policy.setMaxMergeMBForForcedMerge(LARGEST_MIB);
    policy.setNoCFSRatio(0);
    return policy;
  }
}
