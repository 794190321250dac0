/* libxml2's push parser over libzip's stream. No document type declaration is let through, so there
 * are no entities but XML's own five, and nothing is ever fetched. */
#include <libxml/parser.h>
#include <string.h>
#include <zip.h>

#include "input/xlsx.h"

#define STEP_SIZE      32768
#define ATTRIBUTES_MAX 64

static struct str text_of(const xmlChar *s)
{
    return str_from((const char *)s);
}

static void on_begin(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                     const xmlChar **list)
{
    struct xml_part *p = ctx;
    struct xml_attribute attributes[ATTRIBUTES_MAX];
    size_t kept = 0;
    (void)prefix;
    (void)uri;
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted;
    if (p->is_stopped)
        return;
    for (int i = 0; i < count && kept < ATTRIBUTES_MAX; i++) {
        const xmlChar **a = list + (ptrdiff_t)5 * i; /* name, prefix, namespace, value, its end */
        attributes[kept].name = text_of(a[0]);
        attributes[kept++].value = (struct str){(const char *)a[3], (size_t)(a[4] - a[3])};
    }
    p->begin(p, text_of(name), attributes, kept);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml_part *p = ctx;
    (void)prefix;
    (void)uri;
    if (!p->is_stopped && p->end != NULL)
        p->end(p, text_of(name));
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    struct xml_part *p = ctx;
    if (!p->is_stopped && p->text != NULL)
        p->text(p, (struct str){(const char *)text, (size_t)len});
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    xml_refuse(ctx, "document_type", 0, NULL);
}

static xmlEntityPtr on_entity(void *ctx, const xmlChar *name)
{
    (void)ctx;
    return xmlGetPredefinedEntity(name);
}

static void on_error(void *ctx, xmlErrorPtr error)
{
    (void)ctx;
    (void)error; /* asked for afterwards: wellFormed */
}

void xml_stop(struct xml_part *p)
{
    p->is_stopped = true;
    if (p->parser != NULL)
        xmlStopParser(p->parser);
}

void xml_refuse(struct xml_part *p, const char *word, uint32_t row, const char *detail)
{
    (void)sheet_refuse(p->fault, word, row, detail);
    xml_stop(p);
}

bool xml_attribute_of(const struct xml_attribute *attributes, size_t count, const char *name,
                      struct str *out)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(attributes[i].name, str_from(name))) {
            *out = attributes[i].value;
            return true;
        }
    }
    return false;
}

bool xml_has_part(struct zip *archive, const char *name)
{
    return zip_name_locate(archive, name, 0) >= 0;
}

static bool feed(struct xml_part *p, zip_file_t *file, uint64_t most)
{
    char piece[STEP_SIZE];
    uint64_t total = 0;
    zip_int64_t len = 0;
    while (!p->is_stopped && (len = zip_fread(file, piece, sizeof piece)) > 0) {
        total += (uint64_t)len;
        if (total > most)
            return sheet_refuse(p->fault, "unsafe_archive", 0, NULL);
        if (xmlParseChunk(p->parser, piece, (int)len, 0) != 0 && !p->is_stopped)
            return sheet_refuse(p->fault, "damaged_file", 0, NULL);
    }
    if (p->is_stopped)
        return p->fault->word == NULL;
    if (len < 0 || xmlParseChunk(p->parser, NULL, 0, 1) != 0 ||
        ((xmlParserCtxtPtr)p->parser)->wellFormed != 1)
        return p->is_stopped && p->fault->word == NULL
                   ? true
                   : sheet_refuse(p->fault, "damaged_file", 0, NULL);
    return p->fault->word == NULL;
}

bool xml_read(struct zip *archive, const char *name, uint64_t most, struct xml_part *p)
{
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_begin;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.cdataBlock = on_text;
    handler.internalSubset = on_doctype;
    handler.externalSubset = on_doctype;
    handler.getEntity = on_entity;
    handler.serror = on_error;
    p->is_stopped = false;
    zip_file_t *file = zip_fopen(archive, name, 0);
    if (file == NULL)
        return sheet_refuse(p->fault, "damaged_file", 0, name);
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, p, NULL, 0, NULL);
    bool is_good = parser != NULL;
    if (!is_good) {
        (void)sheet_refuse(p->fault, "no_memory", 0, NULL);
    } else {
        /* NOENT: &amp; in an attribute is told as it is; there are no other entities */
        (void)xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOERROR |
                                            XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
        p->parser = parser;
        is_good = feed(p, file, most);
        p->parser = NULL;
        if (parser->myDoc != NULL)
            xmlFreeDoc(parser->myDoc);
        parser->myDoc = NULL;
        xmlFreeParserCtxt(parser);
    }
    zip_fclose(file);
    return is_good;
}
