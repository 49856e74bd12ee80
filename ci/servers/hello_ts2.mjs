// A small server as the documentation of the TypeScript SDK 2.x teaches it: both eras at one address, on `node:http`.
//   PORT=8000 node hello_ts2.mjs             every request by itself
//   PORT=8000 node hello_ts2.mjs sessions    the older era in sessions

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import { NodeStreamableHTTPServerTransport, localhostHostValidation } from '@modelcontextprotocol/node';
import { localhostOriginValidation, toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import { McpServer, createMcpHandler, isInitializeRequest, isLegacyRequest } from '@modelcontextprotocol/server';
import * as z from 'zod';

const notes = [];

function makeServer() {
    const server = new McpServer({ name: 'hello-ts2', version: '1.0.0' }, { instructions: 'Greets, and adds numbers up.' });
    server.registerTool(
        'add',
        {
            description: 'Add numbers up',
            inputSchema: z.object({ numbers: z.array(z.number()) }),
            outputSchema: z.object({ sum: z.number(), terms: z.number() }),
            annotations: { readOnlyHint: true },
        },
        async ({ numbers }) => {
            const sum = { sum: numbers.reduce((sum, number) => sum + number, 0), terms: numbers.length };
            return { content: [{ type: 'text', text: JSON.stringify(sum) }], structuredContent: sum };
        },
    );
    server.registerTool(
        'remember',
        { description: 'Keep a note for as long as the server runs', inputSchema: z.object({ note: z.string() }) },
        async ({ note }) => ({ content: [{ type: 'text', text: `${notes.push(note)} notes` }] }),
    );
    server.registerResource('notes', 'hello://notes', { mimeType: 'text/plain' }, async uri => ({
        contents: [{ uri: uri.href, text: notes.join('\n') }],
    }));
    server.registerPrompt(
        'greet',
        { description: 'Greet somebody', argsSchema: z.object({ name: z.string() }) },
        ({ name }) => ({ messages: [{ role: 'user', content: { type: 'text', text: `Say hello to ${name}.` } }] }),
    );
    return server;
}

const stateless = toNodeHandler(createMcpHandler(makeServer));
const modern = toNodeHandler(createMcpHandler(makeServer, { legacy: 'reject' }));
const sessions = new Map();

/** The older era, in sessions. */
async function legacy(request, response, body) {
    const id = request.headers['mcp-session-id'];
    if (id !== undefined && !sessions.has(id)) {
        return refuse(response, 404, -32000, 'there is no such session');
    }
    if (id === undefined && !isInitializeRequest(body)) {
        return refuse(response, 400, -32000, 'a session is needed');
    }
    const transport = sessions.get(id) ?? (await begin());
    await transport.handleRequest(request, response, body);
}

async function begin() {
    const transport = new NodeStreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: id => void sessions.set(id, transport),
    });
    transport.onclose = () => void sessions.delete(transport.sessionId);
    await makeServer().connect(transport);
    return transport;
}

function refuse(response, status, code, message) {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null }));
}

async function eitherEra(request, response) {
    const asked = await toWebRequest(request);
    const isLegacy = await isLegacyRequest(asked);
    const text = await asked.text();
    const body = text === '' ? undefined : parsed(text);
    if (body === unreadable) {
        return refuse(response, 400, -32700, 'this is not JSON');
    }
    await (isLegacy ? legacy : modern)(request, response, body);
}

const unreadable = Symbol('unreadable');

function parsed(text) {
    try {
        return JSON.parse(text);
    } catch {
        return unreadable;
    }
}

const hasLocalHost = localhostHostValidation();
const hasLocalOrigin = localhostOriginValidation();
const serve = process.argv[2] === 'sessions' ? eitherEra : stateless;

createServer(async (request, response) => {
    if (hasLocalHost(request, response) && hasLocalOrigin(request, response)) {
        // A request that is cut off is no reason to end.
        await serve(request, response).catch(() => response.destroy());
    }
}).listen(Number(process.env.PORT), '127.0.0.1');
