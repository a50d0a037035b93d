import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/** Lucene's plain indexing: id, source and day as they are, title and body as words with positions, all stored. */
public final class LuceneIndex {
    private static final int MEGABYTES_BUFFERED = 256;
    private static final String[] WHOLE = {"id", "source", "published"};
    private static final String[] WORDS = {"title", "body"};

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("--version")) {
            System.out.println(Version.LATEST);
            return;
        }
        int threads = Runtime.getRuntime().availableProcessors();
        IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer(CharArraySet.EMPTY_SET));
        config.setRAMBufferSizeMB(MEGABYTES_BUFFERED);
        try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]));
                IndexWriter writer = new IndexWriter(FSDirectory.open(Path.of(arguments[1])), config)) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> parts = new ArrayList<>();
            for (int part = 0; part < threads; part++) {
                parts.add(pool.submit(() -> {
                    for (String line = next(lines); line != null; line = next(lines)) {
                        writer.addDocument(document(line));
                    }
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
            pool.shutdown();
            writer.commit();
        }
    }

    private static String next(BufferedReader lines) throws IOException {
        synchronized (lines) {
            return lines.readLine();
        }
    }

    private static Document document(String line) {
        Document document = new Document();
        for (String name : WHOLE) {
            document.add(new StringField(name, value(line, name), Field.Store.YES));
        }
        for (String name : WORDS) {
            document.add(new TextField(name, value(line, name), Field.Store.YES));
        }
        return document;
    }

    /** Reads a string of a line that `onrecord bench --generate` wrote: no names within values, few escapes. */
    private static String value(String line, String name) {
        String start = "\"" + name + "\":\"";
        int at = line.indexOf(start) + start.length();
        StringBuilder value = new StringBuilder();
        for (; line.charAt(at) != '"'; at++) {
            char letter = line.charAt(at);
            if (letter == '\\') {
                at++;
                letter = line.charAt(at) == 'n' ? '\n' : line.charAt(at);
            }
            value.append(letter);
        }
        return value.toString();
    }
}
