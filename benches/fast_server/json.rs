//! Enough of JSON to see whether a text is correct, and where the members of an object lie. Nothing is copied.

/// What lies deeper is refused.
const DEEPEST: usize = 256;

/// Shows the raw key and the raw value of each member of an object; `false` for what is no JSON object.
pub fn members<'a>(text: &'a [u8], mut see: impl FnMut(&'a [u8], &'a [u8])) -> bool {
    let mut scanner = Scanner { text, at: 0 };
    scanner.blank();
    scanner.object(0, &mut see).is_some() && scanner.is_done()
}

/// Whether this is one JSON value and nothing else.
pub fn is_json(text: &[u8]) -> bool {
    let mut scanner = Scanner { text, at: 0 };
    scanner.value(0).is_some() && scanner.is_done()
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn is_done(&mut self) -> bool {
        self.blank();
        self.at == self.text.len()
    }

    /// Steps over a value and gives it.
    fn value(&mut self, depth: usize) -> Option<&'a [u8]> {
        self.blank();
        let begin = self.at;
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' => self.object(depth, &mut |_, _| {}),
            b'[' => self.array(depth),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }?;
        self.text.get(begin..self.at)
    }

    fn object(&mut self, depth: usize, see: &mut dyn FnMut(&'a [u8], &'a [u8])) -> Option<()> {
        self.items(b'{', b'}', depth, &mut |scanner| {
            scanner.blank();
            let key = scanner.string()?;
            scanner.blank();
            scanner.take(b':')?;
            see(key, scanner.value(depth + 1)?);
            Some(())
        })
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        self.items(b'[', b']', depth, &mut |scanner| scanner.value(depth + 1).map(drop))
    }

    fn items(
        &mut self,
        open: u8,
        close: u8,
        depth: usize,
        item: &mut dyn FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.take(open).filter(|()| depth < DEEPEST)?;
        self.blank();
        if self.take(close).is_some() {
            return Some(());
        }
        loop {
            item(self)?;
            self.blank();
            if self.take(b',').is_none() {
                return self.take(close);
            }
        }
    }

    /// Steps over a string and gives what stands between its quotes.
    fn string(&mut self) -> Option<&'a [u8]> {
        self.take(b'"')?;
        let begin = self.at;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.escape()?,
                0..0x20 => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        self.text.get(begin..self.at - 1)
    }

    fn escape(&mut self) -> Option<()> {
        let length = match self.text.get(self.at + 1)? {
            b'u' => self.text.get(self.at + 2..self.at + 6)?.iter().all(u8::is_ascii_hexdigit).then_some(6)?,
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            _ => return None,
        };
        self.at += length;
        Some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.text.get(self.at..)?.starts_with(word).then(|| self.at += word.len())
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.take(b'-');
        if self.take(b'0').is_none() {
            self.digits()?;
        }
        if self.take(b'.').is_some() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            let _ = self.take(b'+').or_else(|| self.take(b'-'));
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let begin = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > begin).then_some(())
    }
}
