package io.haulwatch.training.content;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** Gathers the words of a document, a block a line. */
final class Reading extends AbstractVisitor {
    private final StringBuilder words = new StringBuilder();

    String text() {
        return words.toString().strip();
    }

    @Override
    public void visit(Heading heading) {
        visitChildren(heading);
        endLine();
    }

    @Override
    public void visit(Paragraph paragraph) {
        visitChildren(paragraph);
        endLine();
    }

    @Override
    public void visit(Text text) {
        words.append(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        words.append(code.getLiteral());
    }

    @Override
    public void visit(FencedCodeBlock block) {
        words.append(block.getLiteral().strip());
        endLine();
    }

    @Override
    public void visit(IndentedCodeBlock block) {
        words.append(block.getLiteral().strip());
        endLine();
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        boolean joins = lineBreak.getPrevious() instanceof Text before
                && lineBreak.getNext() instanceof Text after
                && LessonText.joinsWithoutSpace(before.getLiteral(), after.getLiteral());
        if (!joins) {
            words.append(' ');
        }
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        endLine();
    }

    private void endLine() {
        if (!words.isEmpty() && words.charAt(words.length() - 1) != '\n') {
            words.append('\n');
        }
    }
}
