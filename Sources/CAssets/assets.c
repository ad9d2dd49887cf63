// Made by bin/embed; do not edit.
#include "CAssets.h"

static const unsigned char file_0[] = {
#embed "../../Clients/core/base.css"
};
static const unsigned char file_1[] = {
#embed "../../Clients/core/cards.css"
};
static const unsigned char file_2[] = {
#embed "../../Clients/core/dom.js"
};
static const unsigned char file_3[] = {
#embed "../../Clients/core/figures.js"
};
static const unsigned char file_4[] = {
#embed "../../Clients/core/http.js"
};
static const unsigned char file_5[] = {
#embed "../../Clients/core/i18n.js"
};
static const unsigned char file_6[] = {
#embed "../../Clients/core/late.css"
};
static const unsigned char file_7[] = {
#embed "../../Clients/core/later.js"
};
static const unsigned char file_8[] = {
#embed "../../Clients/core/live.js"
};
static const unsigned char file_9[] = {
#embed "../../Clients/core/outbox.js"
};
static const unsigned char file_10[] = {
#embed "../../Clients/core/parts.css"
};
static const unsigned char file_11[] = {
#embed "../../Clients/core/poll.js"
};
static const unsigned char file_12[] = {
#embed "../../Clients/core/receipts.js"
};
static const unsigned char file_13[] = {
#embed "../../Clients/core/shelf.js"
};
static const unsigned char file_14[] = {
#embed "../../Clients/core/signals.js"
};
static const unsigned char file_15[] = {
#embed "../../Clients/core/style.js"
};
static const unsigned char file_16[] = {
#embed "../../Clients/core/thread.js"
};
static const unsigned char file_17[] = {
#embed "../../Clients/core/tokens.css"
};
static const unsigned char file_18[] = {
#embed "../../Clients/core/transport.js"
};
static const unsigned char file_19[] = {
#embed "../../Clients/core/ui/avatar.js"
};
static const unsigned char file_20[] = {
#embed "../../Clients/core/ui/brand.js"
};
static const unsigned char file_21[] = {
#embed "../../Clients/core/ui/dialog.js"
};
static const unsigned char file_22[] = {
#embed "../../Clients/core/ui/icons.js"
};
static const unsigned char file_23[] = {
#embed "../../Clients/core/ui/late-signs.js"
};
static const unsigned char file_24[] = {
#embed "../../Clients/core/ui/parts.js"
};
static const unsigned char file_25[] = {
#embed "../../Clients/core/ui/qr.js"
};
static const unsigned char file_26[] = {
#embed "../../Clients/core/ui/signs.js"
};
static const unsigned char file_27[] = {
#embed "../../Clients/core/ui/text.js"
};
static const unsigned char file_28[] = {
#embed "../../Clients/core/ui/toast.js"
};
static const unsigned char file_29[] = {
#embed "../../Clients/core/vlist.js"
};
static const unsigned char file_30[] = {
#embed "../../Clients/desk/admin/audit-words.js"
};
static const unsigned char file_31[] = {
#embed "../../Clients/desk/admin/audit.css"
};
static const unsigned char file_32[] = {
#embed "../../Clients/desk/admin/audit.js"
};
static const unsigned char file_33[] = {
#embed "../../Clients/desk/admin/calendar-page.js"
};
static const unsigned char file_34[] = {
#embed "../../Clients/desk/admin/calendars-words.js"
};
static const unsigned char file_35[] = {
#embed "../../Clients/desk/admin/calendars.js"
};
static const unsigned char file_36[] = {
#embed "../../Clients/desk/admin/channel-deliveries.js"
};
static const unsigned char file_37[] = {
#embed "../../Clients/desk/admin/channel-page.js"
};
static const unsigned char file_38[] = {
#embed "../../Clients/desk/admin/channel-secrets.js"
};
static const unsigned char file_39[] = {
#embed "../../Clients/desk/admin/channel-web.js"
};
static const unsigned char file_40[] = {
#embed "../../Clients/desk/admin/channels-words.js"
};
static const unsigned char file_41[] = {
#embed "../../Clients/desk/admin/channels.js"
};
static const unsigned char file_42[] = {
#embed "../../Clients/desk/admin/common-words.js"
};
static const unsigned char file_43[] = {
#embed "../../Clients/desk/admin/duty.js"
};
static const unsigned char file_44[] = {
#embed "../../Clients/desk/admin/fields.js"
};
static const unsigned char file_45[] = {
#embed "../../Clients/desk/admin/flow-editor.js"
};
static const unsigned char file_46[] = {
#embed "../../Clients/desk/admin/flow-state.js"
};
static const unsigned char file_47[] = {
#embed "../../Clients/desk/admin/flow-trial.js"
};
static const unsigned char file_48[] = {
#embed "../../Clients/desk/admin/flow-words.js"
};
static const unsigned char file_49[] = {
#embed "../../Clients/desk/admin/flows.css"
};
static const unsigned char file_50[] = {
#embed "../../Clients/desk/admin/flows.js"
};
static const unsigned char file_51[] = {
#embed "../../Clients/desk/admin/hours-editor.js"
};
static const unsigned char file_52[] = {
#embed "../../Clients/desk/admin/hours.js"
};
static const unsigned char file_53[] = {
#embed "../../Clients/desk/admin/knowledge-book.js"
};
static const unsigned char file_54[] = {
#embed "../../Clients/desk/admin/knowledge-editor.js"
};
static const unsigned char file_55[] = {
#embed "../../Clients/desk/admin/knowledge-fields.js"
};
static const unsigned char file_56[] = {
#embed "../../Clients/desk/admin/knowledge-import.js"
};
static const unsigned char file_57[] = {
#embed "../../Clients/desk/admin/knowledge-list.js"
};
static const unsigned char file_58[] = {
#embed "../../Clients/desk/admin/knowledge-sums.js"
};
static const unsigned char file_59[] = {
#embed "../../Clients/desk/admin/knowledge-synonyms.js"
};
static const unsigned char file_60[] = {
#embed "../../Clients/desk/admin/knowledge-trial.js"
};
static const unsigned char file_61[] = {
#embed "../../Clients/desk/admin/knowledge-versions.js"
};
static const unsigned char file_62[] = {
#embed "../../Clients/desk/admin/knowledge-words.js"
};
static const unsigned char file_63[] = {
#embed "../../Clients/desk/admin/knowledge.css"
};
static const unsigned char file_64[] = {
#embed "../../Clients/desk/admin/knowledge.js"
};
static const unsigned char file_65[] = {
#embed "../../Clients/desk/admin/model-words.js"
};
static const unsigned char file_66[] = {
#embed "../../Clients/desk/admin/model.js"
};
static const unsigned char file_67[] = {
#embed "../../Clients/desk/admin/organization.css"
};
static const unsigned char file_68[] = {
#embed "../../Clients/desk/admin/special-days.js"
};
static const unsigned char file_69[] = {
#embed "../../Clients/desk/admin/takeover-words.js"
};
static const unsigned char file_70[] = {
#embed "../../Clients/desk/admin/takeover.css"
};
static const unsigned char file_71[] = {
#embed "../../Clients/desk/admin/takeover.js"
};
static const unsigned char file_72[] = {
#embed "../../Clients/desk/admin/team-dialogs.js"
};
static const unsigned char file_73[] = {
#embed "../../Clients/desk/admin/team-words.js"
};
static const unsigned char file_74[] = {
#embed "../../Clients/desk/admin/team.js"
};
static const unsigned char file_75[] = {
#embed "../../Clients/desk/admin/unsaved.js"
};
static const unsigned char file_76[] = {
#embed "../../Clients/desk/cases.js"
};
static const unsigned char file_77[] = {
#embed "../../Clients/desk/clock.js"
};
static const unsigned char file_78[] = {
#embed "../../Clients/desk/conversations/acts.js"
};
static const unsigned char file_79[] = {
#embed "../../Clients/desk/conversations/announce.js"
};
static const unsigned char file_80[] = {
#embed "../../Clients/desk/conversations/arrange.js"
};
static const unsigned char file_81[] = {
#embed "../../Clients/desk/conversations/card.js"
};
static const unsigned char file_82[] = {
#embed "../../Clients/desk/conversations/cases.js"
};
static const unsigned char file_83[] = {
#embed "../../Clients/desk/conversations/composer.js"
};
static const unsigned char file_84[] = {
#embed "../../Clients/desk/conversations/conversations.css"
};
static const unsigned char file_85[] = {
#embed "../../Clients/desk/conversations/copilot-words.js"
};
static const unsigned char file_86[] = {
#embed "../../Clients/desk/conversations/copilot.js"
};
static const unsigned char file_87[] = {
#embed "../../Clients/desk/conversations/dialogs.js"
};
static const unsigned char file_88[] = {
#embed "../../Clients/desk/conversations/entry.js"
};
static const unsigned char file_89[] = {
#embed "../../Clients/desk/conversations/list.js"
};
static const unsigned char file_90[] = {
#embed "../../Clients/desk/conversations/log.js"
};
static const unsigned char file_91[] = {
#embed "../../Clients/desk/conversations/row.js"
};
static const unsigned char file_92[] = {
#embed "../../Clients/desk/conversations/screen.js"
};
static const unsigned char file_93[] = {
#embed "../../Clients/desk/conversations/snippet-book.js"
};
static const unsigned char file_94[] = {
#embed "../../Clients/desk/conversations/snippet-menu.js"
};
static const unsigned char file_95[] = {
#embed "../../Clients/desk/conversations/snippets.js"
};
static const unsigned char file_96[] = {
#embed "../../Clients/desk/conversations/thread-pane.js"
};
static const unsigned char file_97[] = {
#embed "../../Clients/desk/conversations/tray.js"
};
static const unsigned char file_98[] = {
#embed "../../Clients/desk/conversations/typing-teller.js"
};
static const unsigned char file_99[] = {
#embed "../../Clients/desk/conversations/window.js"
};
static const unsigned char file_100[] = {
#embed "../../Clients/desk/desk.css"
};
static const unsigned char file_101[] = {
#embed "../../Clients/desk/desk.html"
};
static const unsigned char file_102[] = {
#embed "../../Clients/desk/desk.js"
};
static const unsigned char file_103[] = {
#embed "../../Clients/desk/door/door.js"
};
static const unsigned char file_104[] = {
#embed "../../Clients/desk/fold.js"
};
static const unsigned char file_105[] = {
#embed "../../Clients/desk/help.js"
};
static const unsigned char file_106[] = {
#embed "../../Clients/desk/http.js"
};
static const unsigned char file_107[] = {
#embed "../../Clients/desk/icon.svg"
};
static const unsigned char file_108[] = {
#embed "../../Clients/desk/keys.js"
};
static const unsigned char file_109[] = {
#embed "../../Clients/desk/live-desk.js"
};
static const unsigned char file_110[] = {
#embed "../../Clients/desk/notices.js"
};
static const unsigned char file_111[] = {
#embed "../../Clients/desk/open-conversation.js"
};
static const unsigned char file_112[] = {
#embed "../../Clients/desk/outboxes.js"
};
static const unsigned char file_113[] = {
#embed "../../Clients/desk/overlays.js"
};
static const unsigned char file_114[] = {
#embed "../../Clients/desk/palette.js"
};
static const unsigned char file_115[] = {
#embed "../../Clients/desk/parts/logo.js"
};
static const unsigned char file_116[] = {
#embed "../../Clients/desk/parts/menu.js"
};
static const unsigned char file_117[] = {
#embed "../../Clients/desk/preferences.js"
};
static const unsigned char file_118[] = {
#embed "../../Clients/desk/presence.js"
};
static const unsigned char file_119[] = {
#embed "../../Clients/desk/rank.js"
};
static const unsigned char file_120[] = {
#embed "../../Clients/desk/rows.js"
};
static const unsigned char file_121[] = {
#embed "../../Clients/desk/screens.js"
};
static const unsigned char file_122[] = {
#embed "../../Clients/desk/shapes.js"
};
static const unsigned char file_123[] = {
#embed "../../Clients/desk/shell.js"
};
static const unsigned char file_124[] = {
#embed "../../Clients/desk/shown-list.js"
};
static const unsigned char file_125[] = {
#embed "../../Clients/desk/threads.js"
};
static const unsigned char file_126[] = {
#embed "../../Clients/desk/words/en.js"
};
static const unsigned char file_127[] = {
#embed "../../Clients/desk/words/zh-CN.js"
};
static const unsigned char file_128[] = {
#embed "../../Clients/desk/words.js"
};
static const unsigned char file_129[] = {
#embed "../../Clients/shop/art/bank-mark.svg"
};
static const unsigned char file_130[] = {
#embed "../../Clients/shop/art/bank.svg"
};
static const unsigned char file_131[] = {
#embed "../../Clients/shop/art/curtain.svg"
};
static const unsigned char file_132[] = {
#embed "../../Clients/shop/art/flask.svg"
};
static const unsigned char file_133[] = {
#embed "../../Clients/shop/art/government-mark.svg"
};
static const unsigned char file_134[] = {
#embed "../../Clients/shop/art/government.svg"
};
static const unsigned char file_135[] = {
#embed "../../Clients/shop/art/hero.svg"
};
static const unsigned char file_136[] = {
#embed "../../Clients/shop/art/lamp.svg"
};
static const unsigned char file_137[] = {
#embed "../../Clients/shop/art/mark.svg"
};
static const unsigned char file_138[] = {
#embed "../../Clients/shop/art/night-light.svg"
};
static const unsigned char file_139[] = {
#embed "../../Clients/shop/art/shopfront.svg"
};
static const unsigned char file_140[] = {
#embed "../../Clients/shop/company.html"
};
static const unsigned char file_141[] = {
#embed "../../Clients/shop/company.js"
};
static const unsigned char file_142[] = {
#embed "../../Clients/shop/contents.js"
};
static const unsigned char file_143[] = {
#embed "../../Clients/shop/en.html"
};
static const unsigned char file_144[] = {
#embed "../../Clients/shop/en.js"
};
static const unsigned char file_145[] = {
#embed "../../Clients/shop/order.js"
};
static const unsigned char file_146[] = {
#embed "../../Clients/shop/page.js"
};
static const unsigned char file_147[] = {
#embed "../../Clients/shop/parts.js"
};
static const unsigned char file_148[] = {
#embed "../../Clients/shop/shop.css"
};
static const unsigned char file_149[] = {
#embed "../../Clients/shop/words/en.js"
};
static const unsigned char file_150[] = {
#embed "../../Clients/shop/words/zh.js"
};
static const unsigned char file_151[] = {
#embed "../../Clients/shop/zh.html"
};
static const unsigned char file_152[] = {
#embed "../../Clients/shop/zh.js"
};
static const unsigned char file_153[] = {
#embed "../../Clients/widget/answer-words.js"
};
static const unsigned char file_154[] = {
#embed "../../Clients/widget/answers.js"
};
static const unsigned char file_155[] = {
#embed "../../Clients/widget/chat.css"
};
static const unsigned char file_156[] = {
#embed "../../Clients/widget/chat.html"
};
static const unsigned char file_157[] = {
#embed "../../Clients/widget/chat.js"
};
static const unsigned char file_158[] = {
#embed "../../Clients/widget/dialogs.js"
};
static const unsigned char file_159[] = {
#embed "../../Clients/widget/foot.js"
};
static const unsigned char file_160[] = {
#embed "../../Clients/widget/greeting.js"
};
static const unsigned char file_161[] = {
#embed "../../Clients/widget/head.js"
};
static const unsigned char file_162[] = {
#embed "../../Clients/widget/host.js"
};
static const unsigned char file_163[] = {
#embed "../../Clients/widget/http.js"
};
static const unsigned char file_164[] = {
#embed "../../Clients/widget/launcher.js"
};
static const unsigned char file_165[] = {
#embed "../../Clients/widget/lines.js"
};
static const unsigned char file_166[] = {
#embed "../../Clients/widget/memory.js"
};
static const unsigned char file_167[] = {
#embed "../../Clients/widget/opening.js"
};
static const unsigned char file_168[] = {
#embed "../../Clients/widget/parts/attachment.js"
};
static const unsigned char file_169[] = {
#embed "../../Clients/widget/parts/composer.js"
};
static const unsigned char file_170[] = {
#embed "../../Clients/widget/parts/emoji.js"
};
static const unsigned char file_171[] = {
#embed "../../Clients/widget/parts/late-words.js"
};
static const unsigned char file_172[] = {
#embed "../../Clients/widget/parts/lightbox.js"
};
static const unsigned char file_173[] = {
#embed "../../Clients/widget/parts/log.js"
};
static const unsigned char file_174[] = {
#embed "../../Clients/widget/parts/recorder.js"
};
static const unsigned char file_175[] = {
#embed "../../Clients/widget/parts/rows.js"
};
static const unsigned char file_176[] = {
#embed "../../Clients/widget/rating-place.js"
};
static const unsigned char file_177[] = {
#embed "../../Clients/widget/rating-words.js"
};
static const unsigned char file_178[] = {
#embed "../../Clients/widget/rating.css"
};
static const unsigned char file_179[] = {
#embed "../../Clients/widget/rating.js"
};
static const unsigned char file_180[] = {
#embed "../../Clients/widget/visit.js"
};
static const unsigned char file_181[] = {
#embed "../../Clients/widget/words/en.js"
};
static const unsigned char file_182[] = {
#embed "../../Clients/widget/words/zh-CN.js"
};
static const unsigned char file_183[] = {
#embed "../../Clients/widget/words.js"
};
static const unsigned char file_184[] = {
#embed "../../Packs/bank/calendar.json"
};
static const unsigned char file_185[] = {
#embed "../../Packs/bank/flows.json"
};
static const unsigned char file_186[] = {
#embed "../../Packs/bank/knowledge.en.json"
};
static const unsigned char file_187[] = {
#embed "../../Packs/bank/knowledge.zh-CN.json"
};
static const unsigned char file_188[] = {
#embed "../../Packs/bank/page.json"
};
static const unsigned char file_189[] = {
#embed "../../Packs/bank/sayings.en.json"
};
static const unsigned char file_190[] = {
#embed "../../Packs/bank/sayings.zh-CN.json"
};
static const unsigned char file_191[] = {
#embed "../../Packs/bank/site.json"
};
static const unsigned char file_192[] = {
#embed "../../Packs/bank/snippets.json"
};
static const unsigned char file_193[] = {
#embed "../../Packs/bank/staff.json"
};
static const unsigned char file_194[] = {
#embed "../../Packs/demo/calendar.json"
};
static const unsigned char file_195[] = {
#embed "../../Packs/demo/flows.json"
};
static const unsigned char file_196[] = {
#embed "../../Packs/demo/knowledge.en.json"
};
static const unsigned char file_197[] = {
#embed "../../Packs/demo/knowledge.zh-CN.json"
};
static const unsigned char file_198[] = {
#embed "../../Packs/demo/orders.json"
};
static const unsigned char file_199[] = {
#embed "../../Packs/demo/sayings.en.json"
};
static const unsigned char file_200[] = {
#embed "../../Packs/demo/sayings.zh-CN.json"
};
static const unsigned char file_201[] = {
#embed "../../Packs/demo/site.json"
};
static const unsigned char file_202[] = {
#embed "../../Packs/demo/snippets.json"
};
static const unsigned char file_203[] = {
#embed "../../Packs/demo/staff.json"
};
static const unsigned char file_204[] = {
#embed "../../Packs/government/calendar.json"
};
static const unsigned char file_205[] = {
#embed "../../Packs/government/flows.json"
};
static const unsigned char file_206[] = {
#embed "../../Packs/government/knowledge.en.json"
};
static const unsigned char file_207[] = {
#embed "../../Packs/government/knowledge.zh-CN.json"
};
static const unsigned char file_208[] = {
#embed "../../Packs/government/page.json"
};
static const unsigned char file_209[] = {
#embed "../../Packs/government/sayings.en.json"
};
static const unsigned char file_210[] = {
#embed "../../Packs/government/sayings.zh-CN.json"
};
static const unsigned char file_211[] = {
#embed "../../Packs/government/site.json"
};
static const unsigned char file_212[] = {
#embed "../../Packs/government/snippets.json"
};
static const unsigned char file_213[] = {
#embed "../../Packs/government/staff.json"
};

static const Asset assets[] = {
    {"Clients/core/base.css", file_0, sizeof file_0},
    {"Clients/core/cards.css", file_1, sizeof file_1},
    {"Clients/core/dom.js", file_2, sizeof file_2},
    {"Clients/core/figures.js", file_3, sizeof file_3},
    {"Clients/core/http.js", file_4, sizeof file_4},
    {"Clients/core/i18n.js", file_5, sizeof file_5},
    {"Clients/core/late.css", file_6, sizeof file_6},
    {"Clients/core/later.js", file_7, sizeof file_7},
    {"Clients/core/live.js", file_8, sizeof file_8},
    {"Clients/core/outbox.js", file_9, sizeof file_9},
    {"Clients/core/parts.css", file_10, sizeof file_10},
    {"Clients/core/poll.js", file_11, sizeof file_11},
    {"Clients/core/receipts.js", file_12, sizeof file_12},
    {"Clients/core/shelf.js", file_13, sizeof file_13},
    {"Clients/core/signals.js", file_14, sizeof file_14},
    {"Clients/core/style.js", file_15, sizeof file_15},
    {"Clients/core/thread.js", file_16, sizeof file_16},
    {"Clients/core/tokens.css", file_17, sizeof file_17},
    {"Clients/core/transport.js", file_18, sizeof file_18},
    {"Clients/core/ui/avatar.js", file_19, sizeof file_19},
    {"Clients/core/ui/brand.js", file_20, sizeof file_20},
    {"Clients/core/ui/dialog.js", file_21, sizeof file_21},
    {"Clients/core/ui/icons.js", file_22, sizeof file_22},
    {"Clients/core/ui/late-signs.js", file_23, sizeof file_23},
    {"Clients/core/ui/parts.js", file_24, sizeof file_24},
    {"Clients/core/ui/qr.js", file_25, sizeof file_25},
    {"Clients/core/ui/signs.js", file_26, sizeof file_26},
    {"Clients/core/ui/text.js", file_27, sizeof file_27},
    {"Clients/core/ui/toast.js", file_28, sizeof file_28},
    {"Clients/core/vlist.js", file_29, sizeof file_29},
    {"Clients/desk/admin/audit-words.js", file_30, sizeof file_30},
    {"Clients/desk/admin/audit.css", file_31, sizeof file_31},
    {"Clients/desk/admin/audit.js", file_32, sizeof file_32},
    {"Clients/desk/admin/calendar-page.js", file_33, sizeof file_33},
    {"Clients/desk/admin/calendars-words.js", file_34, sizeof file_34},
    {"Clients/desk/admin/calendars.js", file_35, sizeof file_35},
    {"Clients/desk/admin/channel-deliveries.js", file_36, sizeof file_36},
    {"Clients/desk/admin/channel-page.js", file_37, sizeof file_37},
    {"Clients/desk/admin/channel-secrets.js", file_38, sizeof file_38},
    {"Clients/desk/admin/channel-web.js", file_39, sizeof file_39},
    {"Clients/desk/admin/channels-words.js", file_40, sizeof file_40},
    {"Clients/desk/admin/channels.js", file_41, sizeof file_41},
    {"Clients/desk/admin/common-words.js", file_42, sizeof file_42},
    {"Clients/desk/admin/duty.js", file_43, sizeof file_43},
    {"Clients/desk/admin/fields.js", file_44, sizeof file_44},
    {"Clients/desk/admin/flow-editor.js", file_45, sizeof file_45},
    {"Clients/desk/admin/flow-state.js", file_46, sizeof file_46},
    {"Clients/desk/admin/flow-trial.js", file_47, sizeof file_47},
    {"Clients/desk/admin/flow-words.js", file_48, sizeof file_48},
    {"Clients/desk/admin/flows.css", file_49, sizeof file_49},
    {"Clients/desk/admin/flows.js", file_50, sizeof file_50},
    {"Clients/desk/admin/hours-editor.js", file_51, sizeof file_51},
    {"Clients/desk/admin/hours.js", file_52, sizeof file_52},
    {"Clients/desk/admin/knowledge-book.js", file_53, sizeof file_53},
    {"Clients/desk/admin/knowledge-editor.js", file_54, sizeof file_54},
    {"Clients/desk/admin/knowledge-fields.js", file_55, sizeof file_55},
    {"Clients/desk/admin/knowledge-import.js", file_56, sizeof file_56},
    {"Clients/desk/admin/knowledge-list.js", file_57, sizeof file_57},
    {"Clients/desk/admin/knowledge-sums.js", file_58, sizeof file_58},
    {"Clients/desk/admin/knowledge-synonyms.js", file_59, sizeof file_59},
    {"Clients/desk/admin/knowledge-trial.js", file_60, sizeof file_60},
    {"Clients/desk/admin/knowledge-versions.js", file_61, sizeof file_61},
    {"Clients/desk/admin/knowledge-words.js", file_62, sizeof file_62},
    {"Clients/desk/admin/knowledge.css", file_63, sizeof file_63},
    {"Clients/desk/admin/knowledge.js", file_64, sizeof file_64},
    {"Clients/desk/admin/model-words.js", file_65, sizeof file_65},
    {"Clients/desk/admin/model.js", file_66, sizeof file_66},
    {"Clients/desk/admin/organization.css", file_67, sizeof file_67},
    {"Clients/desk/admin/special-days.js", file_68, sizeof file_68},
    {"Clients/desk/admin/takeover-words.js", file_69, sizeof file_69},
    {"Clients/desk/admin/takeover.css", file_70, sizeof file_70},
    {"Clients/desk/admin/takeover.js", file_71, sizeof file_71},
    {"Clients/desk/admin/team-dialogs.js", file_72, sizeof file_72},
    {"Clients/desk/admin/team-words.js", file_73, sizeof file_73},
    {"Clients/desk/admin/team.js", file_74, sizeof file_74},
    {"Clients/desk/admin/unsaved.js", file_75, sizeof file_75},
    {"Clients/desk/cases.js", file_76, sizeof file_76},
    {"Clients/desk/clock.js", file_77, sizeof file_77},
    {"Clients/desk/conversations/acts.js", file_78, sizeof file_78},
    {"Clients/desk/conversations/announce.js", file_79, sizeof file_79},
    {"Clients/desk/conversations/arrange.js", file_80, sizeof file_80},
    {"Clients/desk/conversations/card.js", file_81, sizeof file_81},
    {"Clients/desk/conversations/cases.js", file_82, sizeof file_82},
    {"Clients/desk/conversations/composer.js", file_83, sizeof file_83},
    {"Clients/desk/conversations/conversations.css", file_84, sizeof file_84},
    {"Clients/desk/conversations/copilot-words.js", file_85, sizeof file_85},
    {"Clients/desk/conversations/copilot.js", file_86, sizeof file_86},
    {"Clients/desk/conversations/dialogs.js", file_87, sizeof file_87},
    {"Clients/desk/conversations/entry.js", file_88, sizeof file_88},
    {"Clients/desk/conversations/list.js", file_89, sizeof file_89},
    {"Clients/desk/conversations/log.js", file_90, sizeof file_90},
    {"Clients/desk/conversations/row.js", file_91, sizeof file_91},
    {"Clients/desk/conversations/screen.js", file_92, sizeof file_92},
    {"Clients/desk/conversations/snippet-book.js", file_93, sizeof file_93},
    {"Clients/desk/conversations/snippet-menu.js", file_94, sizeof file_94},
    {"Clients/desk/conversations/snippets.js", file_95, sizeof file_95},
    {"Clients/desk/conversations/thread-pane.js", file_96, sizeof file_96},
    {"Clients/desk/conversations/tray.js", file_97, sizeof file_97},
    {"Clients/desk/conversations/typing-teller.js", file_98, sizeof file_98},
    {"Clients/desk/conversations/window.js", file_99, sizeof file_99},
    {"Clients/desk/desk.css", file_100, sizeof file_100},
    {"Clients/desk/desk.html", file_101, sizeof file_101},
    {"Clients/desk/desk.js", file_102, sizeof file_102},
    {"Clients/desk/door/door.js", file_103, sizeof file_103},
    {"Clients/desk/fold.js", file_104, sizeof file_104},
    {"Clients/desk/help.js", file_105, sizeof file_105},
    {"Clients/desk/http.js", file_106, sizeof file_106},
    {"Clients/desk/icon.svg", file_107, sizeof file_107},
    {"Clients/desk/keys.js", file_108, sizeof file_108},
    {"Clients/desk/live-desk.js", file_109, sizeof file_109},
    {"Clients/desk/notices.js", file_110, sizeof file_110},
    {"Clients/desk/open-conversation.js", file_111, sizeof file_111},
    {"Clients/desk/outboxes.js", file_112, sizeof file_112},
    {"Clients/desk/overlays.js", file_113, sizeof file_113},
    {"Clients/desk/palette.js", file_114, sizeof file_114},
    {"Clients/desk/parts/logo.js", file_115, sizeof file_115},
    {"Clients/desk/parts/menu.js", file_116, sizeof file_116},
    {"Clients/desk/preferences.js", file_117, sizeof file_117},
    {"Clients/desk/presence.js", file_118, sizeof file_118},
    {"Clients/desk/rank.js", file_119, sizeof file_119},
    {"Clients/desk/rows.js", file_120, sizeof file_120},
    {"Clients/desk/screens.js", file_121, sizeof file_121},
    {"Clients/desk/shapes.js", file_122, sizeof file_122},
    {"Clients/desk/shell.js", file_123, sizeof file_123},
    {"Clients/desk/shown-list.js", file_124, sizeof file_124},
    {"Clients/desk/threads.js", file_125, sizeof file_125},
    {"Clients/desk/words/en.js", file_126, sizeof file_126},
    {"Clients/desk/words/zh-CN.js", file_127, sizeof file_127},
    {"Clients/desk/words.js", file_128, sizeof file_128},
    {"Clients/shop/art/bank-mark.svg", file_129, sizeof file_129},
    {"Clients/shop/art/bank.svg", file_130, sizeof file_130},
    {"Clients/shop/art/curtain.svg", file_131, sizeof file_131},
    {"Clients/shop/art/flask.svg", file_132, sizeof file_132},
    {"Clients/shop/art/government-mark.svg", file_133, sizeof file_133},
    {"Clients/shop/art/government.svg", file_134, sizeof file_134},
    {"Clients/shop/art/hero.svg", file_135, sizeof file_135},
    {"Clients/shop/art/lamp.svg", file_136, sizeof file_136},
    {"Clients/shop/art/mark.svg", file_137, sizeof file_137},
    {"Clients/shop/art/night-light.svg", file_138, sizeof file_138},
    {"Clients/shop/art/shopfront.svg", file_139, sizeof file_139},
    {"Clients/shop/company.html", file_140, sizeof file_140},
    {"Clients/shop/company.js", file_141, sizeof file_141},
    {"Clients/shop/contents.js", file_142, sizeof file_142},
    {"Clients/shop/en.html", file_143, sizeof file_143},
    {"Clients/shop/en.js", file_144, sizeof file_144},
    {"Clients/shop/order.js", file_145, sizeof file_145},
    {"Clients/shop/page.js", file_146, sizeof file_146},
    {"Clients/shop/parts.js", file_147, sizeof file_147},
    {"Clients/shop/shop.css", file_148, sizeof file_148},
    {"Clients/shop/words/en.js", file_149, sizeof file_149},
    {"Clients/shop/words/zh.js", file_150, sizeof file_150},
    {"Clients/shop/zh.html", file_151, sizeof file_151},
    {"Clients/shop/zh.js", file_152, sizeof file_152},
    {"Clients/widget/answer-words.js", file_153, sizeof file_153},
    {"Clients/widget/answers.js", file_154, sizeof file_154},
    {"Clients/widget/chat.css", file_155, sizeof file_155},
    {"Clients/widget/chat.html", file_156, sizeof file_156},
    {"Clients/widget/chat.js", file_157, sizeof file_157},
    {"Clients/widget/dialogs.js", file_158, sizeof file_158},
    {"Clients/widget/foot.js", file_159, sizeof file_159},
    {"Clients/widget/greeting.js", file_160, sizeof file_160},
    {"Clients/widget/head.js", file_161, sizeof file_161},
    {"Clients/widget/host.js", file_162, sizeof file_162},
    {"Clients/widget/http.js", file_163, sizeof file_163},
    {"Clients/widget/launcher.js", file_164, sizeof file_164},
    {"Clients/widget/lines.js", file_165, sizeof file_165},
    {"Clients/widget/memory.js", file_166, sizeof file_166},
    {"Clients/widget/opening.js", file_167, sizeof file_167},
    {"Clients/widget/parts/attachment.js", file_168, sizeof file_168},
    {"Clients/widget/parts/composer.js", file_169, sizeof file_169},
    {"Clients/widget/parts/emoji.js", file_170, sizeof file_170},
    {"Clients/widget/parts/late-words.js", file_171, sizeof file_171},
    {"Clients/widget/parts/lightbox.js", file_172, sizeof file_172},
    {"Clients/widget/parts/log.js", file_173, sizeof file_173},
    {"Clients/widget/parts/recorder.js", file_174, sizeof file_174},
    {"Clients/widget/parts/rows.js", file_175, sizeof file_175},
    {"Clients/widget/rating-place.js", file_176, sizeof file_176},
    {"Clients/widget/rating-words.js", file_177, sizeof file_177},
    {"Clients/widget/rating.css", file_178, sizeof file_178},
    {"Clients/widget/rating.js", file_179, sizeof file_179},
    {"Clients/widget/visit.js", file_180, sizeof file_180},
    {"Clients/widget/words/en.js", file_181, sizeof file_181},
    {"Clients/widget/words/zh-CN.js", file_182, sizeof file_182},
    {"Clients/widget/words.js", file_183, sizeof file_183},
    {"Packs/bank/calendar.json", file_184, sizeof file_184},
    {"Packs/bank/flows.json", file_185, sizeof file_185},
    {"Packs/bank/knowledge.en.json", file_186, sizeof file_186},
    {"Packs/bank/knowledge.zh-CN.json", file_187, sizeof file_187},
    {"Packs/bank/page.json", file_188, sizeof file_188},
    {"Packs/bank/sayings.en.json", file_189, sizeof file_189},
    {"Packs/bank/sayings.zh-CN.json", file_190, sizeof file_190},
    {"Packs/bank/site.json", file_191, sizeof file_191},
    {"Packs/bank/snippets.json", file_192, sizeof file_192},
    {"Packs/bank/staff.json", file_193, sizeof file_193},
    {"Packs/demo/calendar.json", file_194, sizeof file_194},
    {"Packs/demo/flows.json", file_195, sizeof file_195},
    {"Packs/demo/knowledge.en.json", file_196, sizeof file_196},
    {"Packs/demo/knowledge.zh-CN.json", file_197, sizeof file_197},
    {"Packs/demo/orders.json", file_198, sizeof file_198},
    {"Packs/demo/sayings.en.json", file_199, sizeof file_199},
    {"Packs/demo/sayings.zh-CN.json", file_200, sizeof file_200},
    {"Packs/demo/site.json", file_201, sizeof file_201},
    {"Packs/demo/snippets.json", file_202, sizeof file_202},
    {"Packs/demo/staff.json", file_203, sizeof file_203},
    {"Packs/government/calendar.json", file_204, sizeof file_204},
    {"Packs/government/flows.json", file_205, sizeof file_205},
    {"Packs/government/knowledge.en.json", file_206, sizeof file_206},
    {"Packs/government/knowledge.zh-CN.json", file_207, sizeof file_207},
    {"Packs/government/page.json", file_208, sizeof file_208},
    {"Packs/government/sayings.en.json", file_209, sizeof file_209},
    {"Packs/government/sayings.zh-CN.json", file_210, sizeof file_210},
    {"Packs/government/site.json", file_211, sizeof file_211},
    {"Packs/government/snippets.json", file_212, sizeof file_212},
    {"Packs/government/staff.json", file_213, sizeof file_213},
};

size_t asset_count(void) { return sizeof assets / sizeof assets[0]; }

Asset asset_at(size_t index) { return assets[index]; }
