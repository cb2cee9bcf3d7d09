package io.haulwatch.app.journeys;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the map costs: bytes on the line, uploads to the graphics card, objects in the page. To be made before the page is opened. */
final class MapMeter {
    private static final int HEADER_BYTES = 24;
    private static final int TYPE_AT = 2;
    private static final int COUNT_AT = 12;
    private static final int DELTA = 2;
    /** The fleet's layer alone names the part of its buffer that it uploads; the map's library always uploads the whole. */
    private static final String COUNT_UPLOADS = """
            (() => {
              const gl = WebGL2RenderingContext.prototype
              const part = gl.bufferSubData
              window.fleetUploads = 0
              window.fleetUploadedBytes = 0
              gl.bufferSubData = function (...what) {
                if (what.length === 5) {
                  window.fleetUploads++
                  window.fleetUploadedBytes += what[4]
                }
                return part.apply(this, what)
              }
            })()""";

    private final Page page;
    private long batches;
    private long updates;
    private long bytes;

    MapMeter(Page page) {
        this.page = page;
        page.addInitScript(COUNT_UPLOADS);
        page.onWebSocket(socket -> {
            if (socket.url().endsWith("/ws/fleet")) {
                socket.onFrameReceived(this::received);
            }
        });
    }

    private void received(WebSocketFrame frame) {
        byte[] content = frame.binary();
        if (content != null && content[TYPE_AT] == DELTA) {
            batches++;
            updates += ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(COUNT_AT);
            bytes += content.length - HEADER_BYTES;
        }
    }

    /** Batches of updates that came in. */
    long batches() {
        return batches;
    }

    /** Updates of single trucks that came in. */
    long updates() {
        return updates;
    }

    /** Mean over all updates, without the head of their frame, which weighs the less the more trucks report. */
    double bytesAnUpdate() {
        return bytes / (double) updates;
    }

    /** Parts of the fleet's buffer that were uploaded since the page was opened. */
    int uploads() {
        return ((Number) page.evaluate("window.fleetUploads")).intValue();
    }

    /** Bytes of those. */
    long uploadedBytes() {
        return ((Number) page.evaluate("window.fleetUploadedBytes")).longValue();
    }

    /** Objects that are alive in the page: arrays, functions, everything but plain values. */
    int objects() {
        CDPSession browser = page.context().newCDPSession(page);
        try {
            browser.send("HeapProfiler.collectGarbage");
            JsonObject prototype = new JsonObject();
            prototype.addProperty("expression", "Object.prototype");
            JsonObject all = new JsonObject();
            all.addProperty("prototypeObjectId", id(browser.send("Runtime.evaluate", prototype), "result"));
            JsonObject count = new JsonObject();
            count.addProperty("objectId", id(browser.send("Runtime.queryObjects", all), "objects"));
            count.addProperty("functionDeclaration", "function () { return this.length }");
            count.addProperty("returnByValue", true);
            return browser.send("Runtime.callFunctionOn", count)
                    .getAsJsonObject("result")
                    .get("value")
                    .getAsInt();
        } finally {
            browser.detach();
        }
    }

    private static String id(JsonObject answer, String name) {
        return answer.getAsJsonObject(name).get("objectId").getAsString();
    }
}
