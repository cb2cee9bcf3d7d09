package io.haulwatch.jt808.frame;

/** Takes what a {@link FrameSplitter} finds, in stream order. */
public interface FrameConsumer {
    /** A good frame. The view and the bytes under it are valid until this method returns. */
    void frame(FrameView frame);

    /**
     * Bytes that are no frame.
     *
     * @param cause never {@link FrameStatus#COMPLETE}
     * @param wireBytes bytes dropped, as sent, flags not counted
     */
    void rejected(FrameStatus cause, int wireBytes);
}
